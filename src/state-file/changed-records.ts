import type { RecordKey } from '../store/account-records'
import { type Line, lineOf } from './entries'
import type { KeptState } from './kept-state'

/** Remembers which records have changed, so that a file gets each once, as it is when the lines are taken. */
export function changedRecords({ records }: KeptState) {
  let changes = new Map<string, RecordKey>()
  const remember = (key: RecordKey) => {
    changes.set(JSON.stringify([key.accountId, key.kind, key.id]), key)
  }
  records.onChange(remember)

  return {
    /** A line for each that still exists, and a function that remembers them again. */
    take() {
      const taken = [...changes.values()]
      changes = new Map()
      const lines = taken.flatMap((key): Line[] => {
        const record = records.peek(key)
        return record === null ? [] : [lineOf({ record })]
      })
      return {
        lines,
        putBack: () => {
          taken.forEach(remember)
        },
      }
    },
  }
}

/** A line for each record. */
export function* allRecords({ records }: KeptState): Generator<Line, void> {
  for (const record of records.all()) yield lineOf({ record })
}
