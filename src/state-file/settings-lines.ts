import { type Line, lineOf } from './entries'
import type { KeptState } from './kept-state'

/** Lines by what they are about. */
type Lines = ReadonlyMap<string, Line>

/** A line for each webhook, fault and account, one for the clock, and one for the instant that invented data leads up to. */
function linesOf({ webhooks, faults, accounts, clock, since }: KeptState): Lines {
  const lines = new Map<string, Line>()
  for (const webhook of webhooks.kept()) lines.set(`webhook ${webhook.id}`, lineOf({ webhook }))
  for (const { id, accountId, fault, seen, struck } of faults.current())
    lines.set(`fault ${id}`, lineOf({ fault: { id, accountId, fault, seen, struck } }))
  for (const account of accounts.current().values()) lines.set(`account ${account.id}`, lineOf({ account }))
  lines.set('since', lineOf({ since: since() }))
  lines.set('clock', lineOf({ clock: clock.standing() }))
  return lines
}

function goneLine(key: string): Line {
  const id = key.slice(key.indexOf(' ') + 1)
  if (key.startsWith('webhook ')) return lineOf({ webhookGone: id })
  return lineOf(key.startsWith('fault ') ? { faultGone: id } : { accountGone: id })
}

/**
 * Compares webhooks, faults, accounts and the clock with what was last written: they are few, and change in many places.
 * The counts of faults change with calls.
 */
export function changedSettings(state: KeptState) {
  /** Null: unknown, as at the start. */
  let written: Lines | null = null
  return {
    /** What changed or, with `isWhole`, all of it, and a function to call once that is written. */
    take(isWhole: boolean) {
      const now = linesOf(state)
      const before = isWhole ? null : written
      const lines =
        before === null
          ? [lineOf({ settings: 'follow' }), ...now.values()]
          : [
              ...[...now].filter(([key, line]) => before.get(key)?.json !== line.json).map(([, line]) => line),
              ...[...before.keys()].filter((key) => !now.has(key)).map(goneLine),
            ]
      return {
        lines,
        isWritten: () => {
          written = now
        },
      }
    },
  }
}
