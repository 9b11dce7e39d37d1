import { contract } from '../../check'
import { ResultUpdatedSchema } from '../../../../schemas/result'
import { expectShape } from '../expect'
import { mainCheck, patch, placedIds, resultPath } from '../shared/orders'
import { checkOrdersPath } from '../shared/paths'
import type { Probe } from '../probe'

export const checksResult: Probe = {
  id: 'checks-result',
  title: 'The result of a background check is reported as that of an assessment is',
  why: 'Providers report both.',
  expected: '200 with statusCode, message and timestamp',
  source: contract('Operations', 'assumed'),
  isWriting: true,
  async run(context) {
    const { id } = placedIds((await mainCheck(context)).exchange)
    const update = patch(resultPath(id, checkOrdersPath), { summary: 'Verification' })
    expectShape(await context.call(update), ResultUpdatedSchema)
  },
}
