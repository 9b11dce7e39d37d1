import { type Snapshot, SnapshotSchema, snapshotVersion } from '../../schemas/control/snapshot'
import { errors } from '../errors'
import { violationsOf } from '../validation/check'
import { version as ownVersion } from '../version'
import { type Part, partsOfJson, partsOfValue } from './json-parts'

type ListName = 'orders' | 'webhooks' | 'deliveries' | 'faults' | 'records' | 'accounts'

const itemOf = (name: ListName) => SnapshotSchema.properties[name].items

const items = {
  orders: itemOf('orders'),
  webhooks: itemOf('webhooks'),
  deliveries: itemOf('deliveries'),
  faults: itemOf('faults'),
  records: itemOf('records'),
  accounts: itemOf('accounts'),
}

const isList = (name: string): name is ListName => Object.hasOwn(items, name)

/** A snapshot with all its lists: those that an earlier version lacks are empty. */
export type ReadSnapshot = Snapshot & Required<Pick<Snapshot, ListName>>

/** Violations of a snapshot that are reported at most. */
const mostTold = 50

/**
 * Reads a snapshot from `given`: a value, or the bytes of a JSON text. Checks it entry by entry, so that other calls
 * can run in between; with enough violations to report, it skips the remaining entries. Throws `wrongSnapshot` and
 * `malformedJson`.
 */
export async function readSnapshot(given: unknown): Promise<ReadSnapshot> {
  const facts: Record<string, unknown> = {}
  const lists: Record<ListName, unknown[]> = {
    ...{ orders: [], webhooks: [], deliveries: [], faults: [], records: [], accounts: [] },
  }
  const found: string[] = []
  let unknown = 0

  function take({ name, index, value }: Part) {
    if (index === null) {
      // A JSON text may have a million names.
      if (!Object.hasOwn(SnapshotSchema.properties, name) && ++unknown > mostTold)
        throw errors.wrongSnapshot(`it has over ${String(mostTold)} properties that no snapshot has`)
      if (Object.hasOwn(facts, name)) throw errors.wrongSnapshot(`it has ${name} twice`)
      Object.defineProperty(facts, name, { value, enumerable: true })
    } else if (isList(name) && found.length < mostTold) {
      found.push(...violationsOf(items[name], value, `body/${name}/${String(index)}`))
      lists[name].push(value)
    }
  }
  const parts = given instanceof Uint8Array ? partsOfJson(given) : partsOfValue(given)
  for await (const part of parts) take(part)

  const { format, version } = facts
  if (format !== 'stackone-assessments-sandbox') throw errors.wrongSnapshot('it is not a snapshot of this sandbox')
  if (!isReadable(version)) {
    const advice = Number(version) > snapshotVersion ? `: update this sandbox, which is ${ownVersion}` : ''
    throw errors.wrongSnapshot(
      `it has version ${String(version)}, and this sandbox reads ${String(snapshotVersion)}${advice}`,
    )
  }
  const all = [...violationsOf(SnapshotSchema, facts), ...found]
  if (all.length > mostTold) throw errors.wrongSnapshot(`${all.slice(0, mostTold).join('; ')}; and more violations`)
  if (all.length > 0) throw errors.wrongSnapshot(all.join('; '))
  return { ...facts, ...lists } as unknown as ReadSnapshot
}

/** Older versions are readable too: the schema makes what they lack optional. */
const isReadable = (version: unknown) =>
  Number.isInteger(version) && Number(version) >= 1 && Number(version) <= snapshotVersion
