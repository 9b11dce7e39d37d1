import { contract } from '../../check'
import { Type } from '@sinclair/typebox'
import { RawCallSchema } from '../../../../schemas/envelope'
import { expectShape } from '../expect'
import { atsLists, part } from '../shared/paths'
import { everywhere, firstAt } from '../shared/records'
import type { Probe } from '../probe'

export const atsRaw: Probe = {
  id: 'ats-raw',
  title: 'raw shows the calls to the provider beside a record of the ATS',
  why: 'People look there when a record seems wrong.',
  expected: '200 with raw, a list of {method, url, body, response}',
  source: contract('Reads of the ATS', 'documented'),
  isWriting: false,
  async run(context) {
    await everywhere(atsLists, async (path) => {
      const { id } = await firstAt(context, path)
      const exchange = await context.call({ path: `${path}/${part(id)}?raw=true`, hidden: [id] })
      expectShape(exchange, Type.Object({ raw: Type.Array(RawCallSchema) }))
    })
  },
}
