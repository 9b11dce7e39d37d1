import { contract } from '../../check'
import { expectStatus } from '../expect'
import { packagesPath } from '../shared/paths'
import type { Probe } from '../probe'

export const headersTooLarge: Probe = {
  id: 'headers-too-large',
  title: 'Headers over 16 KiB are refused',
  why: 'A client has to know how much it may send.',
  expected: '431',
  source: contract('Errors', 'assumed'),
  isWriting: false,
  async run({ call }) {
    expectStatus(await call({ path: packagesPath, headers: { 'x-long': 'a'.repeat(17 * 1024) } }), 431)
  },
}
