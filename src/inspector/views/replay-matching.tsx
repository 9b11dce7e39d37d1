import { useRef, useState } from 'preact/hooks'
import type { Replayed } from '../../../schemas/control/deliveries'
import { Call } from '../components/call'
import { deliveryQuery } from '../delivery-query'
import { account } from '../route'
import { counted, eventInWords } from '../words'

/** Replays all deliveries that the filter matches, after a confirmation. */
export function ReplayMatching({ total }: { total: number }) {
  const question = useRef<HTMLDialogElement>(null)
  const [replayed, setReplayed] = useState<number | null>(null)
  const filter = deliveryQuery()
  const { status, event, search } = filter
  const chosen = [
    account.value && `account ${account.value}`,
    status,
    event && eventInWords(event),
    search && `“${search}”`,
  ].filter(Boolean)
  const what = counted(total, 'delivery', 'deliveries')
  return (
    <>
      <button
        type="button"
        class="small"
        onClick={() => {
          setReplayed(null)
          question.current?.showModal()
        }}
      >
        Replay all {total.toLocaleString('en-GB')}…
      </button>
      <dialog ref={question} aria-labelledby="replay-question">
        <h2 id="replay-question">Replay {what}?</h2>
        <p>
          {chosen.length > 0 ? `All that match: ${chosen.join(', ')}.` : 'All deliveries of all accounts.'} Each is sent
          again, oldest first, with another five attempts. Those without a receiver are left out.
        </p>
        <Call<Replayed>
          key={JSON.stringify([account.value, filter])}
          method="POST"
          path="deliveries/replay"
          query={{ account: account.value }}
          body={{ filter }}
          label="Replay all"
          look="main"
          said=""
          done={(answer) => {
            setReplayed(answer.replayed)
          }}
        />
        <p role="status" class="said">
          {replayed !== null && `${counted(replayed, 'delivery', 'deliveries')} queued again.`}
        </p>
        <div class="buttons">
          <button type="button" onClick={() => question.current?.close()}>
            {replayed === null ? 'Cancel' : 'Close'}
          </button>
        </div>
      </dialog>
    </>
  )
}
