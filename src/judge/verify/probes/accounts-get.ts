import { contract } from '../../check'
import { LinkedAccountSchema } from '../../../../schemas/account'
import { at, expectShape, expectThat } from '../expect'
import { accountsPath, part } from '../shared/paths'
import type { Probe } from '../probe'

export const accountsGet: Probe = {
  id: 'accounts-get',
  title: 'GET /accounts/{id} answers a bare account, without x-account-id',
  why: 'Clients find out whether an account works.',
  expected: '200 with the account',
  source: contract('Linked accounts', 'observed'),
  isWriting: false,
  async run({ call, account }) {
    const exchange = await call({ path: `${accountsPath}/${part(account)}`, account: null })
    expectShape(exchange, LinkedAccountSchema)
    expectThat(at(exchange.json, 'id') === account, exchange, 'It has another id.')
  },
}
