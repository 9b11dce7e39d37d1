import { type Application, type Candidate, personName, placeOf, readRecord } from '../../ats-records'
import { Badge } from '../../components/badge'
import { Moment } from '../../components/moment'
import { useRead } from '../../components/use-read'
import { ApplicationOrders } from './application-orders'
import { CandidateRecord } from './candidate-record'
import { freshLink } from './links'
import { MoveStage } from './move-stage'

/** The application of a candidate: the tests, the stage and the record. */
export function ApplicationDetail({
  of,
  application,
  titles,
  changed,
}: {
  of: string
  application: Application
  /** The titles of jobs by their ids. */
  titles: ReadonlyMap<string, string>
  changed: () => void
}) {
  const { id, candidate_id: candidateId, job_id: jobId, created_at: applied } = application
  const place = placeOf(application)
  // It has more than the application repeats of it, and changes with that.
  const { value } = useRead(JSON.stringify([candidateId, application.updated_at]), () =>
    candidateId == null ? Promise.resolve(null) : readRecord<Candidate>(of, 'candidates', candidateId),
  )
  const person = { ...application.candidate, ...value }
  return (
    <article>
      <div>
        <header class="detail-head">
          <h2 dir="auto">{personName(person) || id}</h2>
          <Badge tone={place.tone}>{place.name}</Badge>
        </header>
        <p class="quiet">
          {jobId != null && (
            <>
              Applied for <a href={freshLink(of, 'jobs', jobId)}>{titles.get(jobId) ?? jobId}</a>
            </>
          )}{' '}
          {applied != null && <Moment at={applied} />}
        </p>
      </div>
      <ApplicationOrders of={of} application={application} changed={changed} />
      <MoveStage of={of} application={application} changed={changed} />
      <CandidateRecord of={of} application={application} person={person} titles={titles} />
    </article>
  )
}
