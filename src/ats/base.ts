import { createHash } from 'node:crypto'
import type { AccountRecords } from '../store/account-records'
import type { AtsRecords } from './resources'

/** What an ATS is invented from. */
export interface AtsBasis {
  /** Makes its ids differ from those of other sandboxes. */
  readonly salt: string
  /** The instant that its dates lead up to, in milliseconds since 1970. */
  readonly since: number
}

/** How many invented ATSs are remembered: one takes up to 1 MB, and a few milliseconds to make again. */
const mostRemembered = 50

/** What makes the ids of a sandbox differ from those of others with another seed. It does not reveal the seed. */
export const saltOf = (seed: string | null): string =>
  seed === null ? '' : createHash('sha256').update(`ats ${seed}`).digest('base64url').slice(0, 16)

interface BaseDeps {
  records: AccountRecords
  since: () => number
  seed: string | null
  /** The records of each account; null: they are invented. */
  given: AtsRecords | null
}

/** What each account's ATS has before anything is changed in it. */
export function atsBase({ records, since, seed, given }: BaseDeps) {
  const salt = saltOf(seed)
  const remembered = new Map<string, AtsRecords>()

  async function basis(accountId: string): Promise<AtsBasis> {
    const key = { kind: 'ats_basis', id: '' } as const
    const [own, common] = await Promise.all([
      records.find({ accountId, ...key }),
      records.find({ accountId: '', ...key }),
    ])
    const text = own?.value ?? common?.value
    return text == null ? { salt, since: since() } : (JSON.parse(text) as AtsBasis)
  }

  async function unchanged(accountId: string): Promise<AtsRecords> {
    if (given !== null) return given
    const from = await basis(accountId)
    const key = JSON.stringify([accountId, from])
    const known = remembered.get(key)
    if (known !== undefined) return known
    // Loaded lazily: many sandboxes are never asked.
    const { inventAts } = require('./invent/invent-ats') as typeof import('./invent/invent-ats')
    const invented = inventAts(from, accountId) as AtsRecords
    for (const oldest of remembered.keys()) {
      if (remembered.size < mostRemembered) break
      remembered.delete(oldest)
    }
    remembered.set(key, invented)
    return invented
  }

  return { basis, unchanged }
}
