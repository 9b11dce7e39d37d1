import { contract } from '../../check'
import { at, expectStatus, expectThat } from '../expect'
import { atsLists, part } from '../shared/paths'
import { everywhere, firstAt } from '../shared/records'
import type { Probe } from '../probe'

export const atsRemoteId: Probe = {
  id: 'ats-remote-id',
  title: 'A record of the ATS is read by its remote id too',
  why: 'Providers know some records only by it.',
  expected: '200 with the record of that remote id',
  source: contract('Identifiers', 'documented'),
  isWriting: false,
  async run(context) {
    await everywhere(atsLists, async (path) => {
      const { id, remoteId } = await firstAt(context, path)
      const exchange = await context.call({ path: `${path}/${part(remoteId)}`, hidden: [id, remoteId] })
      expectStatus(exchange, 200)
      expectThat(at(exchange.json, 'data', 'id') === id, exchange, 'It is another record.')
    })
  },
}
