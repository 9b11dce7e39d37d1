import { contract } from '../../check'
import { ResultUpdatedSchema } from '../../../../schemas/result'
import { expectShape } from '../expect'
import { report } from '../shared/orders'
import type { Probe } from '../probe'

export const resultsAnswer: Probe = {
  id: 'results-answer',
  title: 'A reported result is answered with {statusCode, message, timestamp}',
  why: 'Providers report their results with this call.',
  expected: '200 with statusCode, message and timestamp',
  source: contract('Operations', 'documented'),
  isWriting: true,
  async run(context) {
    expectShape(await report(context, { summary: 'Verification' }), ResultUpdatedSchema)
  },
}
