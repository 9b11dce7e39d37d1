import t from 'tap'
import { requirePeers } from '../../src/compose/peers'

t.test('only those packages for Redis are named that are not installed', (t) => {
  requirePeers('store')
  const without = (missing: string) => (id: string) => {
    if (id === missing) throw new Error('not found')
    return id
  }
  const start = () => {
    requirePeers('--store', without('bullmq'))
  }
  t.throws(start, {
    message:
      /^A store in Redis needs packages that are not installed: npm install "bullmq@\^\d\S*", or change --store\.$/,
  })
  t.end()
})
