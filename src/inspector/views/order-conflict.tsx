import { kindInWords } from '../../../schemas/order-kinds'
import type { ControlOrder } from '../../../schemas/control/orders'
import type { JournalEntry, RequestDetail, RequestList } from '../../../schemas/control/requests'
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
export function OrderConflict({ request: { id, account, operation, request } }: { request: RequestDetail }) {
  const body = parsedJson(request.body ?? '')
  const orderId = isObject(body) ? String(body['id']) : ''
  const { value: first } = useRead(`conflict ${String(id)}`, () => readFirst(account, orderId, operation))
  if (first === null) return null
  const { order: value, sent } = first
  const differences =
    sent === null ? jsonDifferences(asSent(value.order), asSent(body), most) : jsonDifferences(sent, body, most)
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

/** The first order, and its body as it was sent; null if the journal no longer has that. */
async function readFirst(account: string | null, orderId: string, operation: JournalEntry['operation']) {
  const query = { account, orderId, operation, status: 200, limit: 1 }
  const [order, { requests }] = await Promise.all([
    read<ControlOrder>(`orders/${encodeURIComponent(orderId)}`, { account }),
    // Repeats that were answered with 200 had the same body.
    read<RequestList>('requests', query),
  ])
  const [created] = requests
  const sent = created === undefined || created.request.isCut ? undefined : parsedJson(created.request.body ?? '')
  return { order, sent: isObject(sent) ? sent : null }
}

const Value = ({ of, is }: { of: unknown; is: 'removed' | 'added' }) => (
  <td class={of === undefined ? undefined : is}>
    {of === undefined ? <span class="quiet">missing</span> : <code dir="auto">{JSON.stringify(of, null, 1)}</code>}
  </td>
)

const article = ({ kind }: ControlOrder) => (kind === 'assessment' ? 'an assessment' : `a ${kindInWords(kind)}`)

/** An order without what the sandbox adds. It lacks the properties that StackOne doesn't know. */
function asSent(order: unknown): unknown {
  if (!isObject(order)) return order
  const { remote_id: _, ...sent } = order
  return sent
}
