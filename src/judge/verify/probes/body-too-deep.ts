import { contract } from '../../check'
import { maxDepth } from '../../../pure/json'
import { expectStatus } from '../expect'
import { candidate } from '../shared/bodies'
import { post } from '../shared/orders'
import { ordersPath } from '../shared/paths'
import type { Probe } from '../probe'

export const bodyTooDeep: Probe = {
  id: 'body-too-deep',
  title: 'JSON deeper than 100 levels is refused',
  why: 'It would overflow the stack of most programs.',
  expected: '400',
  source: contract('Errors', 'assumed'),
  isWriting: true,
  async run({ call, unknownId }) {
    let deep: object = {}
    for (let level = 0; level < maxDepth; level++) deep = { deep }
    expectStatus(await call(post(ordersPath, { id: unknownId, candidate, passthrough: deep })), 400)
  },
}
