import { CannotTell } from '../../check'
import type { Exchange } from '../call'
import { entriesOf } from '../expect'
import type { Context } from '../probe'

/** What the list at `path` answers, which is asked once. Rejects with `CannotTell` if the account does not support it. */
export async function listAt(context: Context, path: string): Promise<Exchange> {
  const exchange = await context.once(path, () => context.call({ path }))
  if (exchange.status === 501) throw new CannotTell(`the account does not support GET ${path}: it answers 501`)
  return exchange
}

/** An entry of a list, as far as it has what is asked for. */
interface Found {
  id: string
  remoteId: string
  entry: Record<string, unknown>
}

/** The first entry of the list at `path`. Rejects with `CannotTell` if it is empty. */
export async function firstAt(context: Context, path: string): Promise<Found> {
  const [entry] = entriesOf(await listAt(context, path))
  if (entry === undefined) throw new CannotTell(`GET ${path} lists nothing`)
  return { id: String(entry['id']), remoteId: String(entry['remote_id'] ?? entry['id']), entry }
}

/** Judges each of `places`. Rejects with `CannotTell` only if nothing can be said of any of them. */
export async function everywhere<T>(places: readonly T[], judge: (place: T) => Promise<void>): Promise<void> {
  const reasons: string[] = []
  for (const place of places)
    try {
      await judge(place)
    } catch (error) {
      if (!(error instanceof CannotTell)) throw error
      reasons.push(error.message)
    }
  if (reasons.length === places.length) throw new CannotTell(reasons.join('; '))
}
