import { useState } from 'preact/hooks'
import type { ControlOrder, OrderList } from '../../../../schemas/control/orders'
import { read } from '../../api'
import type { Application } from '../../ats-records'
import { Headed } from '../../components/headed'
import { Problem } from '../../components/problem'
import { useLiveChange } from '../../components/use-live-change'
import { useRead } from '../../components/use-read'
import { OrderCard } from './order-card'
import { SendTest } from '../../components/send-test'

/** The tests of an application, the newest first, and a way to send another. */
export function ApplicationOrders({
  of,
  application,
  changed,
}: {
  of: string
  application: Application
  changed: () => void
}) {
  const [isSending, setIsSending] = useState(false)
  const [sent, setSent] = useState<ControlOrder | null>(null)
  const { value, error, again } = useRead(application.id, () =>
    read<OrderList>('orders', { account: of, 'application[id]': application.id }),
  )
  useLiveChange(({ isWhole, orders }) => isWhole || orders.length > 0, again, 200)
  return (
    <Headed
      title="Tests"
      aside={
        isSending ? (
          <button
            type="button"
            class="small"
            onClick={() => {
              setIsSending(false)
            }}
          >
            Cancel
          </button>
        ) : (
          <button
            type="button"
            class="small main"
            onClick={() => {
              setSent(null)
              setIsSending(true)
            }}
          >
            Send test
          </button>
        )
      }
    >
      <p role="status" class="said">
        {sent && `Ordered: ${sent.order.package?.name ?? sent.id}.`}
      </p>
      {isSending && (
        <SendTest
          of={of}
          application={application}
          done={(order) => {
            setSent(order)
            setIsSending(false)
            again()
            changed()
          }}
        />
      )}
      {error && <Problem error={error} />}
      {value && value.orders.length === 0 && !isSending && <p class="quiet">None yet.</p>}
      {value && value.orders.length > 0 && (
        <ul class="tests">
          {value.orders.map((order) => (
            <OrderCard key={order.id} order={order} />
          ))}
        </ul>
      )}
    </Headed>
  )
}
