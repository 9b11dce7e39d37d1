import { type Application, readRecord } from '../../ats-records'
import { useRead } from '../../components/use-read'
import { freshLink } from './links'

/** How many are named. */
const most = 10

/** The other applications of a candidate, by their jobs. */
export function AlsoApplied({
  of,
  ids,
  titles,
}: {
  of: string
  ids: readonly string[]
  titles: ReadonlyMap<string, string>
}) {
  const { value } = useRead(ids.join(), () =>
    Promise.all(ids.slice(0, most).map((id) => readRecord<Application>(of, 'applications', id))),
  )
  return (
    <ul class="links">
      {value?.map(({ id, job_id: job }) => (
        <li key={id}>
          <a href={freshLink(of, 'applications', id)}>{titles.get(job ?? '') ?? id}</a>
        </li>
      ))}
    </ul>
  )
}
