import { type Check, contract, NotAsExpected, passed, skipped } from '../../check'
import { notGiven, type ProviderContext } from '../context'
import { noUsualAnswer, packagesIn } from '../packages-endpoint'
import { capital, inShort } from '../post'

export const packagesUnknownFields: Check<ProviderContext> = {
  id: 'packages-unknown-fields',
  title: 'The packages endpoint ignores fields that it does not know',
  why: 'StackOne may add properties at any time.',
  expected: 'a list, as without them',
  source: contract('Packages endpoint', 'assumed'),
  async run({ packages }) {
    if (packages === null) return notGiven('--packages-url')
    if (packagesIn(await packages.usual()) === null) return skipped(noUsualAnswer)
    const exchange = await packages.ask({ body: { requested_by: 'a recruiter', context: { locale: 'en' } } })
    const judged = packagesIn(exchange)
    if (judged === null) throw new NotAsExpected(capital(inShort(exchange)), packages.evidenceOf(exchange))
    return passed
  },
}
