import { ApplicationCandidateSchema } from '../../schemas/ats/candidate'
import type { AtsResource } from '../../schemas/ats/queries'
import type { Clock } from '../clock'
import { isoTime } from '../date-time'
import { errors } from '../errors'
import { parsedJson } from '../pure/json'
import type { AccountRecords, RecordKey } from '../store/account-records'
import type { Store } from '../store/orders'
import { type AtsBasis, atsBase } from './base'
import { resultLinks } from './result-links'
import { type AtsRecord, type AtsRecords, resourceOf } from './resources'

/** The resources whose records can be added and changed. */
export const changeable = ['candidates', 'applications', 'jobs', 'job_postings'] as const
export type Changeable = (typeof changeable)[number]

export const isChangeable = (name: AtsResource): name is Changeable => (changeable as readonly string[]).includes(name)

/** The ATS of every account. */
export interface Ats {
  /** The records of an account, those that were changed as they are now; applications without the results of orders. */
  all(accountId: string, name: AtsResource): Promise<readonly AtsRecord[]>
  /** `records` of an account as they are shown: applications have the results of the orders about them. */
  shown(accountId: string, records: readonly AtsRecord[]): Promise<AtsRecord[]>
  /** The record with that id or remote id, as it is shown; null if there is none. */
  find(accountId: string, name: AtsResource, id: string): Promise<AtsRecord | null>
  /** Likewise, without the results of orders. */
  peek(accountId: string, name: AtsResource, id: string): Promise<AtsRecord | null>
  /**
   * Replaces a record by `change(before)`, which gets null if there is none with that id. Webhooks are notified, unless
   * `requestId` is undefined: then it counts as if it had always been so. Throws `tooManyRecords`.
   */
  change(
    key: { accountId: string; name: Changeable; id: string },
    change: (before: AtsRecord | null) => AtsRecord,
    requestId?: string | null,
  ): Promise<AtsRecord>
  /** Remembers that an order is about an application. */
  noteOrder(accountId: string, applicationId: string, orderId: string): Promise<void>
  /** What the ATS of an account is invented from. */
  basis(accountId: string): Promise<AtsBasis>
}

/** A record as it is kept. */
interface Kept {
  readonly record: AtsRecord
  /** Of an application: the ids of the orders about it. */
  readonly orders?: readonly string[]
}

/** How many orders about an application are remembered: the latest ones. */
const mostOrders = 100

export interface AtsDeps {
  records: AccountRecords
  store: Store
  clock: Clock
  since: () => number
  seed: string | null
  /** The records of each account; null: they are invented. */
  given: AtsRecords | null
}

/** The ATS of each account: invented, or as the user gave it, with what was changed. */
export function createAts({ records, store, clock, since, seed, given }: AtsDeps): Ats {
  const { basis, unchanged } = atsBase({ records, since, seed, given })
  const kept = (text: string | null | undefined) => (text == null ? null : (parsedJson(text) as Kept))
  const ordersAbout = new WeakMap<AtsRecord, readonly string[]>()

  /** A kept record, with the orders about it to be asked for later: only what is shown needs their results. */
  function recordOf({ record, orders = [] }: Kept): AtsRecord {
    if (orders.length > 0) ordersAbout.set(record, orders)
    return record
  }

  async function withResults(accountId: string, record: AtsRecord): Promise<AtsRecord> {
    const orders = ordersAbout.get(record)
    if (orders === undefined) return record
    const own = asList(record['result_links'])
    const urls = own.map((link) => (link as { url?: unknown }).url)
    const links = await resultLinks(store, accountId, orders)
    return { ...record, result_links: [...own, ...links.filter(({ url }) => !urls.includes(url))] }
  }

  /** The records of a resource that were added or changed. */
  async function changed(accountId: string, name: Changeable): Promise<AtsRecord[]> {
    return (await records.list(accountId, name)).flatMap(({ value }) => kept(value) ?? []).map(recordOf)
  }

  /** `application` with what it shows of its candidate, if that one was changed. */
  async function withCandidate(accountId: string, application: AtsRecord): Promise<AtsRecord> {
    const id = application['candidate_id']
    const found = typeof id === 'string' ? await records.find({ accountId, kind: 'candidates', id }) : null
    const candidate = kept(found?.value)?.record
    return candidate === undefined ? application : changedCopy(application, candidate)
  }

  /** `application` with what it shows of its candidate. */
  function changedCopy(application: AtsRecord, candidate: AtsRecord): AtsRecord {
    const copy = { ...application, candidate: candidatePart(candidate) }
    return recordOf({ record: copy, orders: ordersAbout.get(application) ?? [] })
  }

  async function all(accountId: string, name: AtsResource): Promise<readonly AtsRecord[]> {
    const invented = (await unchanged(accountId))[name]
    if (!isChangeable(name)) return invented
    const own = new Map((await changed(accountId, name)).map((record) => [record.id, record]))
    const ids = new Set(invented.map(({ id }) => id))
    const now = [
      ...invented.map((record) => own.get(record.id) ?? record),
      ...[...own.values()].filter(({ id }) => !ids.has(id)),
    ]
    if (name !== 'applications') return now
    const candidates = new Map((await changed(accountId, 'candidates')).map((record) => [record.id, record]))
    return now.map((application) => {
      const candidate = candidates.get(String(application['candidate_id']))
      return candidate === undefined ? application : changedCopy(application, candidate)
    })
  }

  async function peek(accountId: string, name: AtsResource, id: string): Promise<AtsRecord | null> {
    const record = await findAlone(accountId, name, id)
    return record === null || name !== 'applications' ? record : withCandidate(accountId, record)
  }

  async function findAlone(accountId: string, name: AtsResource, id: string): Promise<AtsRecord | null> {
    const own = isChangeable(name) ? kept((await records.find({ accountId, kind: name, id }))?.value) : null
    if (own !== null) return recordOf(own)
    const invented = (await unchanged(accountId))[name].find((each) => each.id === id)
    if (invented !== undefined) return invented
    return (await all(accountId, name)).find(({ remote_id: remoteId }) => remoteId === id) ?? null
  }

  /** Changes what is kept of a record. */
  async function changeKept(
    key: RecordKey & { kind: Changeable },
    change: (before: Kept | null) => Kept,
    news: (after: AtsRecord, isNew: boolean) => Parameters<typeof happening>[0] | null,
  ): Promise<AtsRecord> {
    const invented = (await unchanged(key.accountId))[key.kind].find(({ id }) => id === key.id) ?? null
    const value = await records.change(key, (text) => {
      const before = kept(text) ?? (invented === null ? null : { record: invented })
      const after = change(before)
      const told = news(after.record, before === null)
      return { value: JSON.stringify(after), news: told === null ? null : happening(told) }
    })
    return recordOf(JSON.parse(String(value)) as Kept)
  }

  return {
    all,
    peek,
    async find(accountId, name, id) {
      const record = await peek(accountId, name, id)
      return record && withResults(accountId, record)
    },
    shown: (accountId, all) => Promise.all(all.map((each) => withResults(accountId, each))),
    basis,
    async change({ accountId, name, id }, change, requestId) {
      const changed = await changeKept(
        { accountId, kind: name, id },
        (before) => {
          const record = { ...change(before?.record ?? null), id, updated_at: isoTime(clock.now()) }
          return { ...before, record }
        },
        (record, isNew) => (requestId === undefined ? null : { accountId, name, record, isNew, requestId }),
      )
      return withResults(accountId, changed)
    },
    async noteOrder(accountId, id, orderId) {
      await changeKept(
        { accountId, kind: 'applications', id },
        (before) => {
          if (before === null) throw errors.unknownRecord(resourceOf('applications').singular, id)
          const { orders = [] } = before
          return { ...before, orders: [...orders.filter((id) => id !== orderId), orderId].slice(-mostOrders) }
        },
        () => null,
      )
    },
  }
}

/** What an application shows of its candidate. */
const candidatePart = (candidate: AtsRecord) =>
  Object.fromEntries(
    Object.keys(ApplicationCandidateSchema.properties).flatMap((name) =>
      candidate[name] === undefined ? [] : [[name, candidate[name]]],
    ),
  )

const asList = (value: unknown) => (Array.isArray(value) ? (value as unknown[]) : [])

interface Changed {
  accountId: string
  name: Changeable
  record: AtsRecord
  isNew: boolean
  requestId: string | null
}

const happening = ({ accountId, name, record, isNew, requestId }: Changed) => ({
  accountId,
  event: `ats_${name}.${isNew ? 'created' : 'updated'}` as const,
  recordId: record.id,
  remoteId: record.remote_id ?? null,
  data: record,
  requestId,
})
