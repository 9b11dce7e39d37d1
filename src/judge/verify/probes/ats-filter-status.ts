import { contract } from '../../check'
import { at, entriesOf, expectThat } from '../expect'
import { atsPath } from '../shared/paths'
import { firstAt } from '../shared/records'
import type { Probe } from '../probe'

export const atsFilterStatus: Probe = {
  id: 'ats-filter-status',
  title: 'Jobs can be filtered by status',
  why: 'Providers offer assessments for open jobs.',
  expected: 'nothing but open jobs for open',
  source: contract('Reads of the ATS', 'documented'),
  isWriting: false,
  async run(context) {
    const path = atsPath('jobs')
    await firstAt(context, path)
    const open = await context.call({ path: `${path}?filter[job_status]=open` })
    const isSo = entriesOf(open).every((each) => at(each, 'job_status', 'value') === 'open')
    expectThat(isSo, open, 'Jobs with another status are among them.')
  },
}
