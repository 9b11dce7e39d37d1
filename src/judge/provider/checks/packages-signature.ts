import { type Check, contract, passed } from '../../check'
import { expectUsualAnswer, type PackagesEndpoint } from '../packages-endpoint'
import { expectRefusal } from '../post'

export const packagesSignature: Check<PackagesEndpoint> = {
  id: 'packages-signature',
  title: 'The packages endpoint refuses a wrong signature, and a missing one',
  why: 'Anybody can reach the endpoint. Only the signature shows that StackOne asks.',
  expected: '401 or 403',
  source: contract('Packages endpoint', 'documented'),
  async run(packages) {
    await expectUsualAnswer(packages)
    for (const secret of ['another-secret', null]) {
      const exchange = await packages.ask({ secret })
      expectRefusal(exchange, packages.evidenceOf(exchange), [401, 403])
    }
    return passed
  },
}
