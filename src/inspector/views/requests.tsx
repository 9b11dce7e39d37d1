import type { JournalEntry } from '../../../schemas/control/requests'
import { operations } from '../../../schemas/operations'
import { Empty, Loading } from '../components/empty'
import { FilterBar, NoneFound, Summary } from '../components/filter-bar'
import { memoised } from '../components/memoised'
import { Moment } from '../components/moment'
import { Problem } from '../components/problem'
import { Rows } from '../components/rows'
import { StatusCode } from '../components/status-code'
import { TwoPanes } from '../components/two-panes'
import { useList, useTotals } from '../components/use-list'
import { firstOrderCurl } from '../curl'
import { isFiltered } from '../filter'
import { exactStatus, loadsLeftOut } from '../filter-query'
import { idOf, isLoaded } from '../live'
import { account, linkTo, route, setQuery } from '../route'
import { span } from '../time'
import { counted, isRefused, isWarned, operationInWords } from '../words'
import { RequestDetail } from './request-detail'

export function Requests() {
  const [id = ''] = route.value.open
  const left = loadsLeftOut()
  const totals = useTotals('requests', [left, { refused: true, ...left }, { warned: true, ...left }])
  return (
    <TwoPanes
      view="requests"
      title="Requests"
      tools={
        <>
          <Problems totals={totals} />
          <Filter />
        </>
      }
      openKey={id}
      advice="Select a request to see its headers and bodies."
      list={isLoaded.value ? <Journal all={totals?.[0] ?? null} /> : <Loading />}
      detail={<RequestDetail key={id} id={id} />}
    />
  )
}

const statusNow = () => route.value.query.get('status') ?? ''

/** Errors and warnings in one click. */
function Problems({ totals }: { totals: readonly number[] | null }) {
  const button = (status: string, label: string, count: number | undefined) => (
    <button
      type="button"
      aria-pressed={status === statusNow()}
      onClick={() => {
        setQuery('status', status)
      }}
    >
      {label}
      {count !== undefined && ` (${count.toLocaleString('en-GB')})`}
    </button>
  )
  return (
    <div class="switch" role="group" aria-label="Problems">
      {button('', 'All', undefined)}
      {button('refused', 'Errors', totals?.[1])}
      {button('warned', 'Warnings', totals?.[2])}
    </div>
  )
}

const classes = [
  ['refused', 'Refused (4xx, 5xx)'],
  ['warned', 'With warnings'],
  ['accepted', 'Accepted'],
] as const

/** The statuses that the sandbox answers with. */
const statuses = ['200', '204', '400', '401', '403', '404', '405', '408', '409', '413', '415', '422', '429']
const faults = ['500', '501', '502', '503', '504']

function Filter() {
  const exact = exactStatus()
  const known = [...statuses, ...faults]
  return (
    <FilterBar
      view="requests"
      placeholder="Path, message, ID…"
      fields={[
        {
          name: 'status',
          label: 'Status',
          any: 'Any status',
          value: statusNow(),
          options: classes,
          more: {
            label: 'Exactly',
            options: (exact === '' || known.includes(exact) ? known : [...known, exact].sort()).map(
              (each) => [each, each] as const,
            ),
          },
        },
        {
          name: 'operation',
          label: 'Operation',
          any: 'Any operation',
          value: route.value.query.get('operation') ?? '',
          options: operations.map((each) => [each, each] as const),
        },
      ]}
    />
  )
}

const PageLoads = () => (
  <label class="tick" title="Also show loads of the candidates' test pages">
    <input
      type="checkbox"
      checked={route.value.query.get('pages') === '1'}
      onChange={({ currentTarget }) => {
        setQuery('pages', currentTarget.checked ? '1' : '')
      }}
    />
    Page loads
  </label>
)

/** The matching requests; `all` is how many there are without a filter. */
function Journal({ all }: { all: number | null }) {
  const { value, error, load } = useList('requests')
  if (error && value === null) return <Problem error={error} />
  if (value === null) return <p class="empty quiet">Loading…</p>
  const { entries, total, dropped = 0 } = value
  const current = route.value.open[0]
  return (
    <>
      <Summary view="requests" total={total} all={all} one="request">
        <PageLoads />
      </Summary>
      {total === 0 && !isFiltered('requests') ? (
        <NoneYet />
      ) : total === 0 ? (
        <NoneFound
          title={{ refused: 'No errors', warned: 'No warnings' }[statusNow()] ?? 'No matching requests'}
          covers="paths, operations, accounts, order IDs, messages, hints and warnings"
        />
      ) : (
        <Rows items={entries} total={total} noun="requests" keyOf={idOf} load={load}>
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

const NoneYet = () => (
  <Empty title="No requests yet" curl={firstOrderCurl(account.value)}>
    <p>Every call from your client appears here, with the reason if it is refused. Try one:</p>
  </Empty>
)

const RequestRow = memoised<{ request: JournalEntry; isCurrent: boolean; href: string }>(
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
