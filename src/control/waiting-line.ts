import { errors } from '../errors'
import type { Changes } from '../store/changes'

/** Calls that may wait at the same time, per account and in total: every event is compared with each of them. */
const mostOfAccount = 100
const mostInAll = 1_000

/** The calls that wait in a sandbox. */
interface WaitingLine {
  /** Counts a waiting call of an account (null: of any); returns a function that ends it. Throws `tooManyWaiting`. */
  enter(account: string | null): () => void
}

const lines = new WeakMap<Changes, WaitingLine>()

/** The calls that wait for `changes`. */
export function waitingLine(changes: Changes): WaitingLine {
  const line = lines.get(changes) ?? newLine()
  lines.set(changes, line)
  return line
}

function newLine(): WaitingLine {
  const byAccount = new Map<string | null, number>()
  let all = 0
  const count = (account: string | null, by: 1 | -1) => {
    all += by
    const left = (byAccount.get(account) ?? 0) + by
    if (left === 0) byAccount.delete(account)
    else byAccount.set(account, left)
  }
  return {
    enter(account) {
      if (byAccount.get(account) === mostOfAccount) throw errors.tooManyWaiting(mostOfAccount)
      if (all === mostInAll) throw errors.tooManyWaiting(mostInAll)
      count(account, 1)
      return () => {
        count(account, -1)
      }
    },
  }
}
