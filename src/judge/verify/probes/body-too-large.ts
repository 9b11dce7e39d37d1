import { contract } from '../../check'
import { expectStatus } from '../expect'
import { malformed } from '../shared/bodies'
import { ordersPath } from '../shared/paths'
import type { Probe } from '../probe'

export const bodyTooLarge: Probe = {
  id: 'body-too-large',
  title: 'A body over 1 MiB is refused',
  why: 'A client has to know how much it may send.',
  expected: '413',
  source: contract('Errors', 'assumed'),
  isWriting: false,
  async run({ call }) {
    expectStatus(await call({ method: 'POST', path: ordersPath, body: malformed + ' '.repeat(1024 * 1024) }), 413)
  },
}
