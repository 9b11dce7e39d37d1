import { contract } from '../../check'
import { isSameJson } from '../../../assessments/same-json'
import { at, expectStatus, expectThat } from '../expect'
import { readResult, report } from '../shared/orders'
import type { Probe } from '../probe'

export const resultsMerge: Probe = {
  id: 'results-merge',
  title: 'Several reports add up to one result',
  why: 'Providers report in steps.',
  expected: 'what is missing stays, null clears, objects merge, source_value is replaced as a whole',
  source: contract('Results', 'assumed'),
  isWriting: true,
  async run(context) {
    const reports = [
      { summary: 'First', score: { value: '1', max: '9' }, result: { value: 'in_progress', source_value: { a: 1 } } },
      { summary: null, score: { value: '2' }, result: { source_value: { b: 2 } } },
    ]
    for (const each of reports) expectStatus(await report(context, each), 200)
    const exchange = await readResult(context)
    const [score, result] = ['score', 'result'].map((name) => at(exchange.json, 'data', name))
    const found = { summary: at(exchange.json, 'data', 'summary'), value: at(score, 'value'), max: at(score, 'max') }
    expectThat(isSameJson(found, { summary: null, value: '2', max: '9' }), exchange, 'summary or score differ.')
    const outcome = { value: at(result, 'value'), source: at(result, 'source_value') }
    expectThat(isSameJson(outcome, { value: 'in_progress', source: { b: 2 } }), exchange, 'result differs.')
  },
}
