import { contract } from '../../check'
import { changeable } from '../../../ats/ats'
import { isSameJson } from '../../../assessments/same-json'
import { entriesOf, expectThat } from '../expect'
import { atsPath } from '../shared/paths'
import { everywhere, listAt } from '../shared/records'
import type { Probe } from '../probe'

export const atsSyncToken: Probe = {
  id: 'ats-sync-token',
  title: 'sync_token is ignored',
  why: 'It is published without saying where such a token comes from.',
  expected: 'the same entries as without',
  source: contract('Reads of the ATS', 'assumed'),
  isWriting: false,
  async run(context) {
    await everywhere(changeable, async (name) => {
      const path = atsPath(name)
      const plain = entriesOf(await listAt(context, path))
      const exchange = await context.call({ path: `${path}?sync_token=c2luY2U6MjAyNi0wMS0zMQ` })
      expectThat(isSameJson(entriesOf(exchange), plain), exchange, 'It has other entries than without it.')
    })
  },
}
