import { contract } from '../../check'
import { expectThat } from '../expect'
import { packagesPath } from '../shared/paths'
import type { Probe } from '../probe'

export const accountMissing: Probe = {
  id: 'account-missing',
  title: 'A call without x-account-id is refused',
  why: 'A client that forgets the header needs to know.',
  expected: 'a status from 400 to 499',
  source: contract('Authentication and accounts', 'documented'),
  isWriting: false,
  async run({ call }) {
    const exchange = await call({ path: packagesPath, account: null })
    const { status } = exchange
    expectThat(status >= 400 && status < 500, exchange, `It is not refused: the status is ${String(status)}.`)
  },
}
