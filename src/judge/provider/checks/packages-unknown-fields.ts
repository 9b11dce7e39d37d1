import { type Check, contract, NotAsExpected, passed } from '../../check'
import { expectUsualAnswer, packagesIn, type PackagesEndpoint } from '../packages-endpoint'
import { capital, inShort } from '../post'

export const packagesUnknownFields: Check<PackagesEndpoint> = {
  id: 'packages-unknown-fields',
  title: 'The packages endpoint ignores fields that it does not know',
  why: 'StackOne may add properties at any time.',
  expected: 'a list, as without them',
  source: contract('Packages endpoint', 'assumed'),
  async run(packages) {
    await expectUsualAnswer(packages)
    const exchange = await packages.ask({ body: { requested_by: 'a recruiter', context: { locale: 'en' } } })
    const judged = packagesIn(exchange)
    if (judged === null) throw new NotAsExpected(capital(inShort(exchange)), packages.evidenceOf(exchange))
    return passed
  },
}
