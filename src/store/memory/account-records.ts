import type { RecordKind } from '../../../schemas/kept'
import { breatheInTime } from '../../breathe'
import { errors } from '../../errors'
import { type AccountRecords, type KeptRecord, mostRecords, type RecordKey, sizeOfRecord } from '../account-records'
import type { Happening } from '../records'

export interface MemoryRecords extends AccountRecords {
  /** Forgets the records of an account, or with null all records. */
  reset(accountId: string | null): void
  /** The record, if it is kept. */
  peek(key: RecordKey): KeptRecord | null
  /** All records. */
  all(): Iterable<KeptRecord>
  /** Keeps a record as it was before, which is no change. */
  restore(record: KeptRecord): void
  /** Calls `listener` for each record that changes. */
  onChange(listener: (key: RecordKey) => void): void
}

/** Records in the memory of this process. */
export function memoryRecords(send: (news: Happening) => void): MemoryRecords {
  const accounts = new Map<string, Map<RecordKind, Map<string, KeptRecord>>>()
  let size = 0
  let listener: (key: RecordKey) => void = () => undefined

  const ofKind = (accountId: string, kind: RecordKind) => accounts.get(accountId)?.get(kind)

  function restore(record: KeptRecord) {
    const { accountId, kind, id } = record
    const kinds = accounts.get(accountId) ?? new Map<RecordKind, Map<string, KeptRecord>>()
    accounts.set(accountId, kinds)
    const records = kinds.get(kind) ?? new Map<string, KeptRecord>()
    kinds.set(kind, records)
    const before = records.get(id)
    size += sizeOfRecord(record) - (before === undefined ? 0 : sizeOfRecord(before))
    records.set(id, record)
  }

  function put(record: KeptRecord) {
    restore(record)
    listener(record)
  }

  function* of(accountId: string): Generator<KeptRecord> {
    for (const records of accounts.get(accountId)?.values() ?? []) yield* records.values()
  }

  function* all(): Generator<KeptRecord> {
    for (const accountId of accounts.keys()) yield* of(accountId)
  }

  return {
    list: async (accountId, kind) => [...(ofKind(accountId, kind)?.values() ?? [])],
    find: async ({ accountId, kind, id }) => ofKind(accountId, kind)?.get(id) ?? null,
    async change(key, change) {
      const before = ofKind(key.accountId, key.kind)?.get(key.id)
      const { value, news } = change(before?.value)
      const record = { accountId: key.accountId, kind: key.kind, id: key.id, value }
      const growth = sizeOfRecord(record) - (before === undefined ? 0 : sizeOfRecord(before))
      const isFull = before === undefined && (ofKind(key.accountId, key.kind)?.size ?? 0) >= mostRecords.ofKind
      if (isFull || (growth > 0 && size + growth > mostRecords.characters)) throw errors.tooManyRecords()
      put(record)
      if (news !== null) send(news)
      return value
    },
    async *export(accountId) {
      for (const record of accountId === null ? all() : of(accountId)) {
        await breatheInTime()
        yield record
      }
    },
    async import(records) {
      for (const record of records) {
        await breatheInTime()
        put(record)
      }
    },
    reset(accountId) {
      for (const each of accountId === null ? [...accounts.keys()] : [accountId]) {
        for (const record of of(each)) size -= sizeOfRecord(record)
        accounts.delete(each)
      }
    },
    peek: ({ accountId, kind, id }) => ofKind(accountId, kind)?.get(id) ?? null,
    all,
    restore,
    onChange(given) {
      listener = given
    },
  }
}
