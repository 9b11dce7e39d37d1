import { contract } from '../../check'
import { resultValues } from '../../../../schemas/result'
import { expectStatus } from '../expect'
import { report } from '../shared/orders'
import type { Probe } from '../probe'

export const resultsValues: Probe = {
  id: 'results-values',
  title: 'A result may have each of the eight published values',
  why: 'Providers tell the ATS how the test went with them.',
  expected: '200 for each',
  source: contract('Results', 'documented'),
  isWriting: true,
  async run(context) {
    for (const value of resultValues) expectStatus(await report(context, { result: { value } }), 200)
  },
}
