import { type Check, contract, passed, skipped } from '../../check'
import { expectUsualAnswer, type PackagesEndpoint } from '../packages-endpoint'
import { expectRefusal } from '../post'

export const packagesKey: Check<PackagesEndpoint> = {
  id: 'packages-key',
  title: 'The packages endpoint refuses a wrong key',
  why: 'StackOne sends the key that you gave it. Any other caller has a wrong one.',
  expected: '401 or 403',
  source: contract('Packages endpoint', 'documented'),
  async run(packages) {
    if (!packages.hasKey) return skipped('no --packages-auth was given')
    await expectUsualAnswer(packages)
    const exchange = await packages.ask({ auth: 'wrong-key' })
    expectRefusal(exchange, packages.evidenceOf(exchange), [401, 403])
    return passed
  },
}
