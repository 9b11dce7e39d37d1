import { contract } from '../../check'
import { expectStatus } from '../expect'
import { packagesPath } from '../shared/paths'
import type { Probe } from '../probe'

export const pathPreflight: Probe = {
  id: 'path-preflight',
  title: 'A CORS preflight is not found',
  why: 'Keys do not belong in pages, so no page may call.',
  expected: '404',
  source: contract('Errors', 'assumed'),
  isWriting: false,
  async run({ call }) {
    const headers = { origin: 'https://page.example.com', 'access-control-request-method': 'GET' }
    expectStatus(await call({ method: 'OPTIONS', path: packagesPath, auth: 'none', account: null, headers }), 404)
  },
}
