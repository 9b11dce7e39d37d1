import { contract } from '../../check'
import { at, expectThat } from '../expect'
import { packageLists } from '../shared/paths'
import { everywhere, listAt } from '../shared/records'
import type { Probe } from '../probe'

export const pagingSizeMessage: Probe = {
  id: 'paging-size-message',
  title: 'The message about a wrong page_size says what it may be',
  why: 'Clients show it to people.',
  expected: 'this message: page_size must be a whole number from 1 to 100',
  source: contract('Pagination', 'assumed'),
  isWriting: false,
  async run(context) {
    await everywhere(packageLists, async (path) => {
      await listAt(context, path)
      const exchange = await context.call({ path: `${path}?page_size=101` })
      const isSo = at(exchange.json, 'message') === 'page_size must be a whole number from 1 to 100'
      expectThat(isSo, exchange, 'The message is another one.')
    })
  },
}
