import { kindInWords } from '../../../schemas/order-kinds'
import type { ControlOrder } from '../../../schemas/control/orders'
import type { RequestDetail } from '../../../schemas/control/requests'
import { isObject, parsedJson } from '../../pure/json'
import { jsonDifferences } from '../../pure/json-differences'
import { read } from '../api'
import { Headed } from '../components/headed'
import { Moment } from '../components/moment'
import { useRead } from '../components/use-read'
import { linkTo } from '../route'
import { counted } from '../words'

/** More differences than these help nobody. */
const most = 100

/** How an order differs from the earlier one that has its id. */
export function OrderConflict({ request: { id, account, request } }: { request: RequestDetail }) {
  const body = parsedJson(request.body ?? '')
  const orderId = isObject(body) ? String(body['id']) : ''
  const { value } = useRead(`conflict ${String(id)}`, () =>
    read<ControlOrder>(`orders/${encodeURIComponent(orderId)}`, { account }),
  )
  if (value === null) return null
  const differences = jsonDifferences(asSent(value.order), asSent(body), most)
  return (
    <Headed title="How it differs from the first order">
      <p>
        <a href={linkTo('orders', value.account, value.id)}>{value.id}</a> is {article(value)}, ordered{' '}
        <Moment at={value.orderedAt} />.{' '}
        {differences.length === 0
          ? 'The bodies have the same values.'
          : `The bodies differ in ${counted(differences.length, 'place')}${differences.length === most ? ' or more' : ''}.`}
      </p>
      {differences.length > 0 && (
        <div class="wide">
          <table class="differences">
            <thead>
              <tr>
                <th scope="col">Path</th>
                <th scope="col">First order</th>
                <th scope="col">This request</th>
              </tr>
            </thead>
            <tbody>
              {differences.map(({ path, before, after }) => (
                <tr key={path}>
                  <th scope="row">{path}</th>
                  <Value is="removed" of={before} />
                  <Value is="added" of={after} />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Headed>
  )
}

const Value = ({ of, is }: { of: unknown; is: 'removed' | 'added' }) => (
  <td class={of === undefined ? undefined : is}>
    {of === undefined ? <span class="quiet">missing</span> : <code dir="auto">{JSON.stringify(of, null, 1)}</code>}
  </td>
)

const article = ({ kind }: ControlOrder) => (kind === 'assessment' ? 'an assessment' : `a ${kindInWords(kind)}`)

/** An order without the ids that the sandbox adds. */
function asSent(order: unknown): unknown {
  if (!isObject(order)) return order
  const { remote_id: _, ...sent } = order
  return sent
}
