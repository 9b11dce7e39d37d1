import { CannotTell, contract } from '../../check'
import { expectStatus } from '../expect'
import type { Probe } from '../probe'

export const pathUnsupported: Probe = {
  id: 'path-unsupported',
  title: 'An operation that the account does not support answers 501',
  why: 'A client has to tell it from a mistake of its own.',
  expected: '501 for the companies of an HRIS',
  source: contract('Errors', 'documented'),
  isWriting: false,
  async run({ call }) {
    const exchange = await call({ path: '/unified/hris/companies' })
    if (exchange.status === 200) throw new CannotTell('the account supports GET /unified/hris/companies')
    expectStatus(exchange, 501)
  },
}
