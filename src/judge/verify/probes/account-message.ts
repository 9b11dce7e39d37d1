import { contract } from '../../check'
import { errors } from '../../../errors'
import { at, expectStatus, expectThat } from '../expect'
import { packagesPath } from '../shared/paths'
import type { Probe } from '../probe'

export const accountMessage: Probe = {
  id: 'account-message',
  title: 'A call without x-account-id gets 400, with a message that names the header',
  why: 'Clients show this message to people.',
  expected: '400 with this message: Missing x-account-id header in request',
  source: contract('Authentication and accounts', 'assumed'),
  isWriting: false,
  async run({ call }) {
    const exchange = await call({ path: packagesPath, account: null })
    expectStatus(exchange, 400)
    expectThat(
      at(exchange.json, 'message') === errors.missingAccount().message,
      exchange,
      'The message is another one.',
    )
  },
}
