import { contract } from '../../check'
import { isSameJson } from '../../../assessments/same-json'
import { entriesOf, expectThat } from '../expect'
import { someLists } from '../shared/paths'
import { everywhere, listAt } from '../shared/records'
import type { Probe } from '../probe'

export const queryFilter: Probe = {
  id: 'query-filter',
  title: 'proxy[...] and filter[updated_after] are accepted, with and without a zone',
  why: 'Clients pass parameters to the provider, and ask for what changed.',
  expected: '200; a date without a zone is one in UTC',
  source: contract('Operations', 'documented'),
  isWriting: false,
  async run(context) {
    await everywhere(someLists, async (path) => {
      const plain = entriesOf(await listAt(context, path))
      const proxied = await context.call({ path: `${path}?proxy[tenant]=7` })
      expectThat(isSameJson(entriesOf(proxied), plain), proxied, 'It has other entries than without it.')
      const filtered = (date: string) => context.call({ path: `${path}?filter[updated_after]=${date}` })
      const zoned = entriesOf(await filtered('2026-01-01T00:00:00.000Z'))
      const bare = await filtered('2026-01-01T00:00:00.000')
      expectThat(isSameJson(entriesOf(bare), zoned), bare, 'Without a zone it has other entries than with Z.')
    })
  },
}
