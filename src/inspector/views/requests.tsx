import type { LiveRequest } from '../../../schemas/control/live'
import type { RequestList } from '../../../schemas/control/requests'
import { read } from '../api'
import { Empty, Loading } from '../components/empty'
import { memoised } from '../components/memoised'
import { Moment } from '../components/moment'
import { Rows } from '../components/rows'
import { StatusCode } from '../components/status-code'
import { TwoPanes } from '../components/two-panes'
import { firstOrderCurl } from '../curl'
import { addOlderRequests, counts, idOf, isLoaded, requests } from '../live'
import { account, linkTo, route, setQuery } from '../route'
import { span } from '../time'
import { counted, isRefused, isWarned, operationInWords } from '../words'
import { RequestDetail } from './request-detail'

export function Requests() {
  const [id = ''] = route.value.open
  return (
    <TwoPanes
      view="requests"
      title="Requests"
      tools={<Filter />}
      openKey={id}
      advice="Select a request to see its headers and bodies."
      list={<Journal />}
      detail={<RequestDetail key={id} id={id} />}
    />
  )
}

/** The filters, by their names in the URL. */
const filters = { refused: isRefused, warned: isWarned }
type Shown = keyof typeof filters

const shownKind = (): Shown | null => {
  const wanted = route.value.query.get('show')
  return wanted === 'refused' || wanted === 'warned' ? wanted : null
}

function Filter() {
  const button = (kind: Shown | null, label: string) => (
    <button
      type="button"
      aria-pressed={kind === shownKind()}
      onClick={() => {
        setQuery('show', kind ?? '')
      }}
    >
      {label}
      {kind !== null && ` (${String(requests.value.filter(filters[kind]).length)})`}
    </button>
  )
  return (
    <div class="switch" role="group" aria-label="Filter" data-filter>
      {button(null, 'All')}
      {button('refused', 'Errors')}
      {button('warned', 'Warnings')}
    </div>
  )
}

function Journal() {
  if (!isLoaded.value) return <Loading />
  const dropped = counts.value.droppedRequests
  const all = requests.value
  if (all.length === 0) {
    return (
      <Empty title="No requests yet" curl={firstOrderCurl(account.value)}>
        <p>Every call from your client appears here, with the reason if it is refused. Try one:</p>
      </Empty>
    )
  }
  const kind = shownKind()
  const shown = kind === null ? all : all.filter(filters[kind])
  const current = route.value.open[0]
  const load = async (limit: number) => {
    addOlderRequests((await read<RequestList>('requests', { account: account.peek(), limit })).requests)
  }
  // The journal does not count the requests of an account, so a full page may not be the last.
  const isAll = all.length < 200 || all.length % 200 !== 0
  return (
    <>
      {shown.length === 0 ? (
        <Empty title={kind === 'warned' ? 'No warnings' : 'No errors'} />
      ) : (
        <Rows items={shown} total={isAll ? shown.length : null} noun="requests" keyOf={idOf} load={load}>
          {(request) => (
            <RequestRow
              request={request}
              isCurrent={String(request.id) === current}
              href={linkTo('requests', String(request.id))}
            />
          )}
        </Rows>
      )}
      {dropped > 0 && <p class="more">The journal is full: {counted(dropped, 'older request')} dropped.</p>}
    </>
  )
}

const RequestRow = memoised<{ request: LiveRequest; isCurrent: boolean; href: string }>(
  ({ request, isCurrent, href }) => (
    <li>
      <a
        class={`row request ${isRefused(request) ? 'refused' : isWarned(request) ? 'warned' : ''}`}
        href={href}
        data-key={request.id}
        aria-current={isCurrent ? 'true' : undefined}
      >
        <span class="clipped path">
          <strong>{request.method || '—'}</strong> {request.path || 'not HTTP'}
        </span>
        <span class="aside">
          <Moment at={request.at} />
        </span>
        <span class="clipped quiet">
          {[operationInWords(request), request.account, span(request.ms)].filter(Boolean).join(' · ')}
          {request.fault && ` · ${request.fault}`}
        </span>
        <span class="aside">
          <StatusCode status={request.status} isWarned={isWarned(request)} />
        </span>
        {request.message && (
          <span class="hint" dir="auto">
            {request.message}
          </span>
        )}
        {request.hint && <span class="hint quiet">{request.hint}</span>}
        {request.warnings[0] && (
          <span class="hint warning" dir="auto">
            {request.warnings[0].message}
            {request.warnings.length > 1 && ` (and ${String(request.warnings.length - 1)} more)`}
          </span>
        )}
      </a>
    </li>
  ),
)
