import { type Check, contract, NotAsExpected, passed, skipped } from '../../check'
import { notGiven, type ProviderContext } from '../context'
import { noUsualAnswer, packagesIn } from '../packages-endpoint'
import { capital, inShort } from '../post'

export const packagesJobId: Check<ProviderContext> = {
  id: 'packages-job-id',
  title: 'The packages endpoint answers also when the question has no job_id',
  why: 'Not every ATS says which job the recruiter is looking at.',
  expected: 'a list, as with a job_id',
  source: contract('Packages endpoint', 'documented'),
  async run({ packages }) {
    if (packages === null) return notGiven('--packages-url')
    if (packagesIn(await packages.usual()) === null) return skipped(noUsualAnswer)
    const exchange = await packages.ask({ body: { job_id: undefined } })
    const judged = packagesIn(exchange)
    if (judged === null) throw new NotAsExpected(capital(inShort(exchange)), packages.evidenceOf(exchange))
    return passed
  },
}
