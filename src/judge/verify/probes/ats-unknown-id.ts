import { contract } from '../../check'
import { expectStatus } from '../expect'
import { atsLists } from '../shared/paths'
import { everywhere, listAt } from '../shared/records'
import type { Probe } from '../probe'

export const atsUnknownId: Probe = {
  id: 'ats-unknown-id',
  title: 'A record that the ATS does not have is not found',
  why: 'A client has to learn that an id is wrong.',
  expected: '404',
  source: contract('Errors', 'documented'),
  isWriting: false,
  async run(context) {
    await everywhere(atsLists, async (path) => {
      await listAt(context, path)
      expectStatus(await context.call({ path: `${path}/${context.unknownId}` }), 404)
    })
  },
}
