import { CannotTell, contract } from '../../check'
import { entriesOf, expectThat } from '../expect'
import { atsPath, part } from '../shared/paths'
import { firstAt } from '../shared/records'
import type { Probe } from '../probe'

export const atsFilterEmail: Probe = {
  id: 'ats-filter-email',
  title: 'Candidates can be filtered by e-mail address',
  why: 'Providers look up a candidate by it.',
  expected: 'the candidate with that address, and fewer than all',
  source: contract('Reads of the ATS', 'documented'),
  isWriting: false,
  async run(context) {
    const path = atsPath('candidates')
    const { id, entry } = await firstAt(context, path)
    const { email } = entry
    if (typeof email !== 'string') throw new CannotTell('the first candidate has no e-mail address')
    const found = await context.call({ path: `${path}?filter[email]=${part(email)}`, hidden: [email] })
    expectThat(
      entriesOf(found).some((each) => each['id'] === id),
      found,
      'The candidate is not among them.',
    )
    const nobody = await context.call({ path: `${path}?filter[email]=nobody.verify@example.com` })
    expectThat(entriesOf(nobody).length === 0, nobody, 'Candidates with another address are among them.')
  },
}
