import type { RecordKind } from '../../schemas/kept'
import type { Happening } from './records'

/** Which record. */
export interface RecordKey {
  /** Empty for what is not about a single account. */
  readonly accountId: string
  readonly kind: RecordKind
  readonly id: string
}

/** A record as it is kept. */
export interface KeptRecord extends RecordKey {
  /** JSON text; null: it was deleted. */
  readonly value: string | null
}

/** What a record becomes, and the news for webhooks; null: none. */
export interface RecordChange {
  readonly value: string | null
  readonly news: Happening | null
}

/** Maximum number of records of a kind in an account, and of the characters that all records take. */
export const mostRecords = { ofKind: 10_000, characters: 64 * 1024 * 1024 }

/** Keeps records by account. Asynchronous, since a store may be remote. */
export interface AccountRecords {
  /** In the order in which they were first kept. */
  list(accountId: string, kind: RecordKind): Promise<readonly KeptRecord[]>
  /** Null when it is not kept, as most are not. */
  find(key: RecordKey): Promise<KeptRecord | null>
  /**
   * Replaces a record, and sends the news, in one step. No other change happens in between; `change` may be called again,
   * and must have no side effects. It gets the kept value (null if deleted), or undefined if there is none. Returns the
   * new value. Throws `tooManyRecords`.
   */
  change(key: RecordKey, change: (before: string | null | undefined) => RecordChange): Promise<string | null>
  /** The records of an account, or with null all records. */
  export(accountId: string | null): AsyncIterable<KeptRecord>
  /** Keeps records as they are; of others, there must be none. */
  import(records: readonly KeptRecord[]): Promise<void>
}

/** Approximate number of characters that a record takes. */
export const sizeOfRecord = ({ id, value }: Pick<KeptRecord, 'id' | 'value'>): number =>
  id.length + (value === null ? 0 : value.length)
