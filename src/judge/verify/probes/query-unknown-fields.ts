import { contract } from '../../check'
import { entriesOf, expectThat } from '../expect'
import { someLists } from '../shared/paths'
import { everywhere, firstAt } from '../shared/records'
import type { Probe } from '../probe'

export const queryUnknownFields: Probe = {
  id: 'query-unknown-fields',
  title: 'Unknown names in fields are ignored',
  why: 'A client that asks for a property of another version still gets the rest.',
  expected: '200, with the known names only',
  source: contract('Operations', 'assumed'),
  isWriting: false,
  async run(context) {
    await everywhere(someLists, async (path) => {
      await firstAt(context, path)
      const exchange = await context.call({ path: `${path}?fields=id,no_such_property` })
      const isSo = entriesOf(exchange).every((entry) => Object.keys(entry).join() === 'id')
      expectThat(isSo, exchange, 'The entries have other properties than their id.')
    })
  },
}
