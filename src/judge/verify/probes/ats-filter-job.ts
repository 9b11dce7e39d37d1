import { CannotTell, contract } from '../../check'
import { entriesOf, expectThat } from '../expect'
import { atsPath, part } from '../shared/paths'
import { firstAt } from '../shared/records'
import type { Probe } from '../probe'

export const atsFilterJob: Probe = {
  id: 'ats-filter-job',
  title: 'Applications can be filtered by job',
  why: 'Providers read who applied for a job.',
  expected: 'the applications for that job, and no others',
  source: contract('Reads of the ATS', 'documented'),
  isWriting: false,
  async run(context) {
    const path = atsPath('applications')
    const { entry } = await firstAt(context, path)
    const { job_id: jobId } = entry
    if (typeof jobId !== 'string') throw new CannotTell('the first application has no job')
    for (const name of ['filter[job_id]', 'job_id']) {
      const found = await context.call({ path: `${path}?${name}=${part(jobId)}`, hidden: [jobId] })
      const jobs = entriesOf(found).map((each) => each['job_id'])
      expectThat(jobs.includes(jobId), found, 'The applications for the job are missing.')
      expectThat(
        jobs.every((each) => each === jobId),
        found,
        'Applications for other jobs are among them.',
      )
    }
  },
}
