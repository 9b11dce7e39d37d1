import { type Check, contract, NotAsExpected, passed } from '../../check'
import { expectUsualAnswer, packagesIn, type PackagesEndpoint } from '../packages-endpoint'
import { capital, inShort } from '../post'

export const packagesJobId: Check<PackagesEndpoint> = {
  id: 'packages-job-id',
  title: 'The packages endpoint also answers when the request has no job_id',
  why: 'Not every ATS says which job the recruiter has open.',
  expected: 'a list, as with a job_id',
  source: contract('Packages endpoint', 'documented'),
  async run(packages) {
    await expectUsualAnswer(packages)
    const exchange = await packages.ask({ body: { job_id: undefined } })
    const judged = packagesIn(exchange)
    if (judged === null) throw new NotAsExpected(capital(inShort(exchange)), packages.evidenceOf(exchange))
    return passed
  },
}
