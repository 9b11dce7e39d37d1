import { useId, useState } from 'preact/hooks'
import { type Application, type Job, personName, placeOf, readRecords, wholePage } from '../ats-records'
import { OptionSearch } from './option-search'
import { Problem } from './problem'
import { useRead } from './use-read'

/** How many applications are offered; a search narrows them down. */
const most = 50

interface Offer {
  applications: readonly Application[]
  total: number
  /** The titles of jobs by their ids. */
  titles: ReadonlyMap<string, string>
}

/** The applications of an account's ATS, to choose the one that an order is about. */
export function ApplicationChoice({
  account,
  value: chosen,
  set,
}: {
  account: string
  value: Application | null
  set: (application: Application) => void
}) {
  const name = useId()
  const [search, setSearch] = useState('')
  const { value, error } = useRead(JSON.stringify([account, search.trim()]), () => readOffer(account, search.trim()))
  const [last, setLast] = useState<Offer | null>(null)
  if (value !== null && value !== last) setLast(value)
  // While it searches, the list stays.
  const offer = value ?? last
  return (
    <fieldset class="options">
      <legend>Application {offer && <small>({offer.total.toLocaleString('en-GB')})</small>}</legend>
      <OptionSearch label="Search applications" placeholder="Search candidates" value={search} set={setSearch} />
      {error && <Problem error={error} />}
      <div class="options-list">
        {offer?.applications.map((each) => (
          <label key={each.id} class="option">
            <input
              type="radio"
              name={name}
              checked={each.id === chosen?.id}
              onChange={() => {
                set(each)
              }}
            />
            <span class="option-text">
              <strong dir="auto">{personName(each.candidate) || each.id}</strong>
              <span class="quiet" dir="auto">
                {[offer.titles.get(each.job_id ?? ''), placeOf(each).name].filter(Boolean).join(' · ')}
              </span>
            </span>
          </label>
        ))}
        {offer?.total === 0 && <p class="quiet">No matching applications.</p>}
      </div>
    </fieldset>
  )
}

async function readOffer(account: string, search: string): Promise<Offer> {
  const [{ records, total }, jobs] = await Promise.all([
    readRecords<Application>(account, 'applications', { limit: most, ...(search !== '' && { search }) }),
    readRecords<Job>(account, 'jobs', { limit: wholePage }),
  ])
  return { applications: records, total, titles: new Map(jobs.records.map(({ id, title }) => [id, title ?? id])) }
}
