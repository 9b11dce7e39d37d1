import { contract } from '../../check'
import { expectStatus } from '../expect'
import { malformed } from '../shared/bodies'
import { resultPath } from '../shared/orders'
import { checkOrdersPath, checkPackagesPath, ordersPath } from '../shared/paths'
import type { Probe } from '../probe'

export const bodyMalformed: Probe = {
  id: 'body-malformed',
  title: 'Malformed JSON is refused',
  why: 'A client that sends a truncated body needs to know.',
  expected: '400 from each call that takes a body',
  source: contract('Errors', 'documented'),
  isWriting: false,
  async run({ call, unknownId }) {
    for (const path of [ordersPath, checkOrdersPath, checkPackagesPath])
      expectStatus(await call({ method: 'POST', path, body: malformed }), 400)
    for (const orders of [ordersPath, checkOrdersPath])
      expectStatus(await call({ method: 'PATCH', path: resultPath(unknownId, orders), body: malformed }), 400)
  },
}
