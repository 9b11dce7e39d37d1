import { contract } from '../../check'
import { at, expectStatus, expectThat } from '../expect'
import { packageLists, part } from '../shared/paths'
import { everywhere, firstAt } from '../shared/records'
import type { Probe } from '../probe'

export const packagesRemoteId: Probe = {
  id: 'packages-remote-id',
  title: 'A package is read by its remote id too',
  why: 'Providers know their packages by it.',
  expected: '200 with the package of that remote id',
  source: contract('Identifiers', 'documented'),
  isWriting: false,
  async run(context) {
    await everywhere(packageLists, async (path) => {
      const { id, remoteId } = await firstAt(context, path)
      const exchange = await context.call({ path: `${path}/${part(remoteId)}`, hidden: [id, remoteId] })
      expectStatus(exchange, 200)
      expectThat(at(exchange.json, 'data', 'id') === id, exchange, 'It is another package.')
    })
  },
}
