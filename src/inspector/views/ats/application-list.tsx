import { useRef } from 'preact/hooks'
import type { ControlOrder, OrderList } from '../../../../schemas/control/orders'
import { read } from '../../api'
import {
  type Application,
  type Candidate,
  isAboutAts,
  personName,
  placeOf,
  readRecords,
  wholePage,
} from '../../ats-records'
import { Badge } from '../../components/badge'
import { Empty } from '../../components/empty'
import { Moment } from '../../components/moment'
import { Problem } from '../../components/problem'
import { Rows } from '../../components/rows'
import { useLiveChange } from '../../components/use-live-change'
import { useRead } from '../../components/use-read'
import { idOf } from '../../live'
import { route } from '../../route'
import { stateInWords, toneOf } from '../../words'
import { atsLink } from './links'
import { stageChosen } from './stage-filter'

interface Listed {
  readonly applications: readonly Application[]
  readonly total: number
  /** The latest order by the id of its application. */
  readonly orders: ReadonlyMap<string, ControlOrder>
  /** The names of candidates that applications don't repeat, by id. */
  readonly names: ReadonlyMap<string, string>
}

/** How many are read at first. */
const firstPart = 200

/** The applications for a job, the newest first. */
export function ApplicationList({ of, jobId, open }: { of: string; jobId: string; open: string }) {
  const search = route.value.query.get('q') ?? ''
  const stage = stageChosen()
  const limit = useRef(firstPart)
  const { value, error, again } = useRead(JSON.stringify([search, stage]), () =>
    readApplications(of, {
      job_id: jobId,
      limit: limit.current,
      ...(search !== '' && { search }),
      ...(stage !== '' && { application_stage_id: stage }),
    }),
  )
  useLiveChange(isAboutAts, again, 1_000)
  if (error && value === null) return <Problem error={error} />
  if (value === null) return <p class="empty quiet">Loading…</p>
  const { applications, total, orders, names } = value
  if (applications.length === 0) {
    return search === '' && stage === '' ? (
      <Empty title="No applications yet">
        <p>Nobody has applied for this job.</p>
      </Empty>
    ) : (
      <Empty title="No matching applications">
        <p>Search covers the names and e-mail addresses of candidates, and IDs.</p>
      </Empty>
    )
  }
  return (
    <Rows
      items={applications}
      total={total}
      noun="applications"
      keyOf={idOf}
      load={(count) => {
        limit.current = count
        again()
      }}
    >
      {(application) => (
        <ApplicationRow
          application={application}
          name={personName(application.candidate) || (names.get(application.candidate_id ?? '') ?? '')}
          order={orders.get(application.id)}
          isCurrent={application.id === open}
        />
      )}
    </Rows>
  )
}

async function readApplications(
  account: string,
  query: { job_id: string; limit: number; search?: string; application_stage_id?: string },
): Promise<Listed> {
  const [{ records, total }, { orders }] = await Promise.all([
    readRecords<Application>(account, 'applications', query),
    read<OrderList>('orders', { account, 'job[id]': query.job_id, limit: firstPart }),
  ])
  const isNameless = records.some(({ candidate, candidate_id: id }) => personName(candidate) === '' && id != null)
  const candidates = isNameless
    ? (await readRecords<Candidate>(account, 'candidates', { limit: wholePage })).records
    : []
  const at = ({ created_at: created }: Application) => Date.parse(created ?? '') || 0
  return {
    applications: records.sort((one, other) => at(other) - at(one)),
    total,
    // The newest comes first.
    orders: new Map(orders.toReversed().map((order) => [order.order.application?.id ?? '', order])),
    names: new Map(candidates.map((each) => [each.id, personName(each)])),
  }
}

function ApplicationRow({
  application,
  name,
  order,
  isCurrent,
}: {
  application: Application
  name: string
  order: ControlOrder | undefined
  isCurrent: boolean
}) {
  const { id, created_at: applied, candidate } = application
  const place = placeOf(application)
  return (
    <li>
      <a class="row" href={atsLink('applications', id)} data-key={id} aria-current={isCurrent ? 'true' : undefined}>
        <strong class="clipped" dir="auto">
          {name || id}
        </strong>
        <span class="aside">{applied != null && <Moment at={applied} />}</span>
        <span class="clipped quiet" dir="auto">
          {candidate?.email ?? candidate?.title ?? id}
        </span>
        <span class="aside">
          <Badge tone={place.tone}>{place.name}</Badge>
          {order && <Badge tone={toneOf(order.state)}>{`test: ${stateInWords(order.state)}`}</Badge>}
        </span>
      </a>
    </li>
  )
}
