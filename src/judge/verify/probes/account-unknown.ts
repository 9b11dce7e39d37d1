import { contract } from '../../check'
import { expectStatus } from '../expect'
import { packagesPath } from '../shared/paths'
import { needsKnownAccounts } from '../shared/unknown-account'
import type { Probe } from '../probe'

export const accountUnknown: Probe = {
  id: 'account-unknown',
  title: 'An unknown account is not found',
  why: 'A client with a mistyped account needs to know.',
  expected: '404',
  source: contract('Authentication and accounts', 'documented'),
  isWriting: false,
  async run(context) {
    await needsKnownAccounts(context)
    expectStatus(await context.call({ path: packagesPath, account: context.unknownId }), 404)
  },
}
