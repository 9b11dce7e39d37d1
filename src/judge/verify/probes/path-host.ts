import { contract } from '../../check'
import { expectStatus } from '../expect'
import { packagesPath } from '../shared/paths'
import type { Probe } from '../probe'

export const pathHost: Probe = {
  id: 'path-host',
  title: 'An invalid Host is refused',
  why: 'HTTP/1.1 requires it (RFC 9112, 3.2).',
  expected: '400',
  source: contract('Errors', 'assumed'),
  isWriting: false,
  async run({ call }) {
    expectStatus(await call({ path: packagesPath, headers: { host: 'not a host' } }), 400)
  },
}
