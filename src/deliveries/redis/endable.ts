import type { Connection } from '../../store/redis/connection'

/**
 * Returns a function that closes `connection`, and the duplicates that BullMQ makes of it, for good: a worker that is
 * closed while it recovers from an outage would open its connection again, and never close it.
 */
export function endable(connection: Connection): () => void {
  const all = [connection]
  const duplicate = connection.duplicate.bind(connection) as (...args: unknown[]) => Connection
  const remembered = (...args: unknown[]) => {
    const copy = duplicate(...args)
    all.push(copy)
    return copy
  }
  Object.assign(connection, { duplicate: remembered })
  return () => {
    for (const each of all) {
      // In the words by which BullMQ recognizes it.
      each.connect = () => Promise.reject(new Error('Connection is closed.'))
      each.disconnect()
    }
  }
}
