import { contract } from '../../check'
import { Type } from '@sinclair/typebox'
import { LinkedAccountSchema } from '../../../../schemas/account'
import { expectShape } from '../expect'
import { accountsPath } from '../shared/paths'
import type { Probe } from '../probe'

export const accountsList: Probe = {
  id: 'accounts-list',
  title: 'GET /accounts answers a bare list, without x-account-id',
  why: 'Clients find out which accounts are linked.',
  expected: '200 with a list of accounts',
  source: contract('Linked accounts', 'observed'),
  isWriting: false,
  async run({ call }) {
    expectShape(await call({ path: accountsPath, account: null }), Type.Array(LinkedAccountSchema))
  },
}
