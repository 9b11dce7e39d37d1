import { contract } from '../../check'
import { expectStatus } from '../expect'
import { packageLists } from '../shared/paths'
import { everywhere, listAt } from '../shared/records'
import type { Probe } from '../probe'

export const packagesUnknownId: Probe = {
  id: 'packages-unknown-id',
  title: 'A package that the account does not have is not found',
  why: 'A client has to learn that an id is wrong.',
  expected: '404',
  source: contract('Errors', 'documented'),
  isWriting: false,
  async run(context) {
    await everywhere(packageLists, async (path) => {
      await listAt(context, path)
      expectStatus(await context.call({ path: `${path}/${context.unknownId}` }), 404)
    })
  },
}
