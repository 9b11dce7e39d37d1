import { contract } from '../../check'
import { isSameJson } from '../../../assessments/same-json'
import { at, expectStatus, expectThat } from '../expect'
import { patch } from '../shared/orders'
import { madePath } from '../shared/packages'
import type { Probe } from '../probe'

export const checksMergePackage: Probe = {
  id: 'checks-merge-package',
  title: 'A change of a package keeps what it leaves out, and null clears',
  why: 'Providers change single properties.',
  expected: 'the new name, no description, and the tests as before',
  source: contract('Operations', 'assumed'),
  isWriting: true,
  async run(context) {
    const { path, hidden } = await madePath(context)
    const before = await context.call({ path, hidden })
    const change = { name: 'Verification again', description: null }
    expectStatus(await context.call({ ...patch(path, change), hidden }), 200)
    const exchange = await context.call({ path, hidden })
    const [name, description] = ['name', 'description'].map((each) => at(exchange.json, 'data', each))
    expectThat(name === change.name && description === null, exchange, 'The name or the description differ.')
    const [kept, earlier] = [exchange, before].map(({ json }) => at(json, 'data', 'tests'))
    expectThat(isSameJson(kept, earlier), exchange, 'The tests differ.')
  },
}
