import { contract } from '../../check'
import { at, entriesOf, expectThat } from '../expect'
import { someLists, part } from '../shared/paths'
import { everywhere, firstAt } from '../shared/records'
import type { Probe } from '../probe'

/** A long list isn't read to its end. */
const mostPages = 20

export const pagingNext: Probe = {
  id: 'paging-next',
  title: 'next leads from page to page until it is null',
  why: 'Clients read whole lists like this.',
  expected: 'each entry once, and null or another cursor on each page',
  source: contract('Pagination', 'documented'),
  isWriting: false,
  async run(context) {
    await everywhere(someLists, async (path) => {
      await firstAt(context, path)
      const ids = new Set<unknown>()
      const hidden: string[] = []
      let query = '?page_size=3'
      for (let page = 0; page < mostPages; page++) {
        const exchange = await context.call({ path: path + query, hidden })
        for (const { id } of entriesOf(exchange)) {
          expectThat(!ids.has(id), exchange, 'An entry is listed twice.')
          ids.add(id)
        }
        const next = at(exchange.json, 'next')
        expectThat(next === null || typeof next === 'string', exchange, 'next is neither null nor a text.')
        if (typeof next !== 'string') return
        expectThat(!hidden.includes(next), exchange, 'next is a cursor that led here.')
        hidden.push(next)
        query = `?page_size=3&next=${part(next)}`
      }
    })
  },
}
