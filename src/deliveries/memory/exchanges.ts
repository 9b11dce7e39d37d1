import { mostExchanges, mostOfExchanges, sizeOfExchange } from '../../store/exchanges'
import type { Exchange } from '../../store/records'

/** What the attempts of deliveries sent and received: the latest, as long as they fit. */
export function memoryExchanges(most = mostOfExchanges) {
  /** By delivery; the one with the oldest last attempt is first. */
  const all = new Map<string, readonly Exchange[]>()
  let size = 0

  const sizeOf = (exchanges: readonly Exchange[]) => exchanges.reduce((sum, each) => sum + sizeOfExchange(each), 0)

  function forget(id: string) {
    size -= sizeOf(all.get(id) ?? [])
    all.delete(id)
  }

  return {
    add(id: string, exchange: Exchange) {
      const exchanges = [...(all.get(id) ?? []), exchange].slice(-mostExchanges)
      forget(id)
      all.set(id, exchanges)
      size += sizeOf(exchanges)
      for (const oldest of all.keys()) {
        if (size <= most) break
        forget(oldest)
      }
    },
    /** The latest of a delivery, oldest first. */
    of: (id: string): readonly Exchange[] => all.get(id) ?? [],
    forget,
  }
}
