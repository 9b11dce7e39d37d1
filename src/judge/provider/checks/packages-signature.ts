import { type Check, contract, passed, skipped } from '../../check'
import { notGiven, type ProviderContext } from '../context'
import { noUsualAnswer, packagesIn } from '../packages-endpoint'
import { expectRefusal } from '../post'

export const packagesSignature: Check<ProviderContext> = {
  id: 'packages-signature',
  title: 'The packages endpoint refuses a wrong signature, and a missing one',
  why: 'Anybody can reach the endpoint. Only the signature shows that StackOne asks.',
  expected: '401 or 403',
  source: contract('Packages endpoint', 'documented'),
  async run({ packages }) {
    if (packages === null) return notGiven('--packages-url')
    if (packagesIn(await packages.usual()) === null) return skipped(noUsualAnswer)
    for (const secret of ['another-secret', null]) {
      const exchange = await packages.ask({ secret })
      expectRefusal(exchange, packages.evidenceOf(exchange), [401, 403])
    }
    return passed
  },
}
