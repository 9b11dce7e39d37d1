import { contract } from '../../check'
import { expectThat } from '../expect'
import { packagesPath } from '../shared/paths'
import type { Probe } from '../probe'

export const heartbeatApplied: Probe = {
  id: 'heartbeat-applied',
  title: 'Prefer: heartbeat is confirmed',
  why: 'A client can then rely on newlines while a long call lasts.',
  expected: 'the header Preference-Applied: heartbeat',
  source: contract('Operations', 'documented'),
  isWriting: false,
  async run({ call }) {
    const exchange = await call({ path: packagesPath, headers: { prefer: 'heartbeat' } })
    const isSo = exchange.headers['preference-applied'] === 'heartbeat'
    expectThat(isSo, exchange, 'The header Preference-Applied: heartbeat is missing.')
  },
}
