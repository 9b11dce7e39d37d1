import type { ComponentChildren } from 'preact'
import { isWebAddress } from '../../addresses'
import { type Application, type Candidate, valueInWords } from '../../ats-records'
import { Facts, Headed } from '../../components/headed'
import { Moment } from '../../components/moment'
import { AlsoApplied } from './also-applied'

/** The candidate and the application, as the records have them. */
export function CandidateRecord({
  of,
  application,
  person,
  titles,
}: {
  of: string
  application: Application
  person: Partial<Candidate>
  /** The titles of jobs by their ids. */
  titles: ReadonlyMap<string, string>
}) {
  const { id, documents, result_links: results, rejected_reasons: reasons, source, created_at: applied } = application
  const { email, emails, phone, phone_numbers: phones, social_links: links, tags, title, company, country } = person
  const others = (person.application_ids ?? []).filter((each) => each !== id)
  return (
    <Headed title="Record">
      <Facts
        of={[
          ['E-mail', email ?? joined((emails ?? []).map((each) => each.value))],
          ['Phone', phone ?? joined((phones ?? []).map((each) => each.phone))],
          ['Current job', [title, company].filter(Boolean).join(', ')],
          ['Country', country],
          ['Status', valueInWords(application.application_status)],
          ['Rejected', joined((reasons ?? []).map((each) => each.label))],
          ['Source', source?.name],
          ['Applied', applied && <Moment key="at" at={applied} isWhole />],
          ['Results', list((results ?? []).map(({ label, url }) => link(url, label)))],
          [
            'Documents',
            list((documents ?? []).map((each) => link(each.remote_url ?? each.contents?.[0]?.url, each.name))),
          ],
          ['Profiles', list((links ?? []).map((each) => link(each.url, each.type)))],
          ['Tags', joined((tags ?? []).map((each) => each.name))],
          ['Also applied', others.length > 0 && <AlsoApplied key="others" of={of} ids={others} titles={titles} />],
          ['ID', <code key="id">{id}</code>],
          ['Candidate ID', person.id && <code key="candidate">{person.id}</code>],
        ]}
      />
    </Headed>
  )
}

const joined = (texts: readonly (string | null | undefined)[]) => texts.filter(Boolean).join(', ')

const list = (items: readonly ComponentChildren[]) =>
  items.length > 0 && (
    <ul class="links">
      {items.map((each, i) => (
        <li key={i}>{each}</li>
      ))}
    </ul>
  )

/** A link that opens elsewhere; only its text if it is no web address. */
const link = (url: string | null | undefined, label: string | null | undefined): ComponentChildren =>
  url != null && isWebAddress(url) ? (
    <a href={url} target="_blank" rel="noreferrer">
      {label ?? url}
      <span class="unseen"> (opens in a new tab)</span>
    </a>
  ) : (
    (label ?? url ?? '')
  )
