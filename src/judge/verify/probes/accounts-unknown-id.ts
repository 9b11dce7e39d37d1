import { contract } from '../../check'
import { expectStatus } from '../expect'
import { accountsPath } from '../shared/paths'
import type { Probe } from '../probe'

export const accountsUnknownId: Probe = {
  id: 'accounts-unknown-id',
  title: 'A linked account that is unknown is not found',
  why: 'A client has to learn that an id is wrong.',
  expected: '404',
  source: contract('Linked accounts', 'assumed'),
  isWriting: false,
  async run({ call, unknownId }) {
    expectStatus(await call({ path: `${accountsPath}/${unknownId}-too`, account: null }), 404)
  },
}
