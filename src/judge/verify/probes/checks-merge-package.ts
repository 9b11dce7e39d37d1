import { contract } from '../../check'
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
    const before = at((await context.call({ path, hidden })).json, 'data', 'tests', 'length')
    const change = { name: 'Verification again', description: null }
    expectStatus(await context.call({ ...patch(path, change), hidden }), 200)
    const exchange = await context.call({ path, hidden })
    const [name, description] = ['name', 'description'].map((each) => at(exchange.json, 'data', each))
    expectThat(name === change.name && description === null, exchange, 'The name or the description differ.')
    const after = at(exchange.json, 'data', 'tests', 'length')
    expectThat(after === before, exchange, 'The tests differ.')
  },
}
