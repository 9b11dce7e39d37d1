import type { RequestDetail, Violation } from '../../../schemas/control/requests'
import { parsedJson } from '../../pure/json'
import type { Mark } from '../json-lines'
import { OrderConflict } from './order-conflict'

/** Why a request was refused and what to do: by place where its body or query breaks the schema. */
export function WhyRefused({ request }: { request: RequestDetail }) {
  const { message, hint, violations, status, operation } = request
  if (!hint) return null
  const isOrder = operation === 'orders.create' || operation === 'background_checks.orders.create'
  return (
    <>
      <div class="notice">
        {violations.length > 0 ? (
          <Violations of={violations} body={parsedJson(request.request.body ?? '')} />
        ) : (
          message && (
            <p dir="auto">
              <strong>{message}</strong>
            </p>
          )
        )}
        {/* It tells of the first place alone, and its example is above. */}
        {violations[0]?.expected == null && <p>{hint}</p>}
      </div>
      {status === 409 && isOrder && <OrderConflict request={request} />}
    </>
  )
}

const Violations = ({ of, body }: { of: readonly Violation[]; body: unknown }) => (
  <ul class="violations">
    {of.map(({ path, message, expected }) => {
      const sent = path.startsWith('body') ? valueAt(body, path) : undefined
      return (
        <li key={message}>
          <strong dir="auto">{message}</strong>
          <dl>
            {sent !== undefined && (
              <div>
                <dt>Sent</dt>
                <dd>
                  <code>{short(JSON.stringify(sent))}</code>
                </dd>
              </div>
            )}
            {expected !== null && (
              <div>
                <dt>Expected, for example</dt>
                <dd>
                  <code>{short(expected)}</code>
                </dd>
              </div>
            )}
          </dl>
        </li>
      )
    })}
  </ul>
)

/** The value at a path such as `body/candidate/emails/0`; undefined if there is none. */
const valueAt = (body: unknown, path: string): unknown =>
  path
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined,
      body,
    )

const short = (json: string): string => (json.length > 400 ? `${json.slice(0, 400)}…` : json)

/** What is wrong with the body, or looks wrong, beside the values concerned. */
export const marksOf = ({ violations, warnings }: RequestDetail): Mark[] => [
  ...violations.filter(isInBody).map((each) => ({ ...marked(each), tone: 'bad' as const })),
  ...warnings.filter(isInBody).map((each) => ({ ...marked(each), tone: 'busy' as const })),
]

const isInBody = ({ path }: { path: string }) => path.startsWith('body')

/** The sentence without the place, since it stands beside it. */
const marked = ({ path, message }: { path: string; message: string }) => ({
  pointer: path.slice('body'.length),
  text: message.startsWith(`${path} `) ? message.slice(path.length + 1) : message,
})
