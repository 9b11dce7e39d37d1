import { contract } from '../../check'
import { expectStatus } from '../expect'
import { accountsPath } from '../shared/paths'
import type { Probe } from '../probe'

export const accountsWrongSize: Probe = {
  id: 'accounts-wrong-size',
  title: 'A page of linked accounts has at most 100',
  why: 'A client that asks for more needs to know.',
  expected: '400 for page_size=101',
  source: contract('Linked accounts', 'assumed'),
  isWriting: false,
  async run({ call }) {
    expectStatus(await call({ path: `${accountsPath}?page_size=101`, account: null }), 400)
  },
}
