import { type Check, contract, passed, skipped } from '../../check'
import { notGiven, type ProviderContext } from '../context'
import { noUsualAnswer, packagesIn } from '../packages-endpoint'
import { expectRefusal } from '../post'

export const packagesKey: Check<ProviderContext> = {
  id: 'packages-key',
  title: 'The packages endpoint refuses a wrong key',
  why: 'StackOne sends the key that you gave it. Any other caller has a wrong one.',
  expected: '401 or 403',
  source: contract('Packages endpoint', 'documented'),
  async run({ packages }) {
    if (packages === null) return notGiven('--packages-url')
    if (!packages.hasKey) return notGiven('--packages-auth')
    if (packagesIn(await packages.usual()) === null) return skipped(noUsualAnswer)
    const exchange = await packages.ask({ auth: 'wrong-key' })
    expectRefusal(exchange, packages.evidenceOf(exchange), [401, 403])
    return passed
  },
}
