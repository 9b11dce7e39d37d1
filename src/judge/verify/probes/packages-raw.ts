import { contract } from '../../check'
import { Type } from '@sinclair/typebox'
import { RawCallSchema } from '../../../../schemas/envelope'
import { expectShape } from '../expect'
import { packageLists, part } from '../shared/paths'
import { everywhere, firstAt } from '../shared/records'
import type { Probe } from '../probe'

export const packagesRaw: Probe = {
  id: 'packages-raw',
  title: 'raw shows the calls to the provider beside a package',
  why: 'People look there when a package seems wrong.',
  expected: '200 with raw, a list of {method, url, body, response}',
  source: contract('Operations', 'documented'),
  isWriting: false,
  async run(context) {
    await everywhere(packageLists, async (path) => {
      const { id } = await firstAt(context, path)
      const exchange = await context.call({ path: `${path}/${part(id)}?raw=true`, hidden: [id] })
      expectShape(exchange, Type.Object({ raw: Type.Array(RawCallSchema) }))
    })
  },
}
