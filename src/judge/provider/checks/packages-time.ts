import { type Check, contract, passed } from '../../check'
import type { PackagesEndpoint } from '../packages-endpoint'
import { expectInTime } from '../post'

export const packagesTime: Check<PackagesEndpoint> = {
  id: 'packages-time',
  title: 'The packages endpoint answers within five seconds',
  why: 'A recruiter waits for the list.',
  expected: 'an answer within five seconds',
  source: contract('Packages endpoint', 'assumed'),
  async run(packages) {
    const exchange = await packages.usual()
    expectInTime(exchange, packages.evidenceOf(exchange))
    return passed
  },
}
