import { contract } from '../../check'
import { at, expectStatus, expectThat } from '../expect'
import { madePath } from '../shared/packages'
import type { Probe } from '../probe'

export const checksKeepProperties: Probe = {
  id: 'checks-keep-properties',
  title: 'passthrough and unknown properties of a package are not kept',
  why: 'A client cannot store data of its own there.',
  expected: 'neither of them when the package is read',
  source: contract('Operations', 'assumed'),
  isWriting: true,
  async run(context) {
    const exchange = await context.call(await madePath(context))
    expectStatus(exchange, 200)
    const data = Object(at(exchange.json, 'data')) as object
    const kept = ['passthrough', 'verify_unknown'].filter((name) => Object.hasOwn(data, name))
    expectThat(kept.length === 0, exchange, `It keeps ${kept.join(', ')}.`)
  },
}
