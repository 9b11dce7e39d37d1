import { contract } from '../../check'
import { expectStatus } from '../expect'
import { malformed } from '../shared/bodies'
import { ordersPath } from '../shared/paths'
import { needsKnownAccounts } from '../shared/unknown-account'
import type { Probe } from '../probe'

export const precedenceAccountBody: Probe = {
  id: 'precedence-account-body',
  title: 'The account is checked before the body',
  why: 'A client should correct its account first.',
  expected: '404 for an unknown account with malformed JSON',
  source: contract('Authentication and accounts', 'assumed'),
  isWriting: false,
  async run(context) {
    await needsKnownAccounts(context)
    const { unknownId: account } = context
    expectStatus(await context.call({ method: 'POST', path: ordersPath, account, body: malformed }), 404)
  },
}
