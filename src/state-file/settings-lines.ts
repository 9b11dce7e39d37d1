import { lineOf } from './entries'
import type { KeptState } from './kept-state'

/** Lines by what they are about. */
type Lines = ReadonlyMap<string, string>

/** A line for each webhook and fault, and one for the clock. */
function linesOf({ webhooks, faults, clock }: KeptState): Lines {
  const lines = new Map<string, string>()
  for (const webhook of webhooks.kept()) lines.set(`webhook ${webhook.id}`, lineOf({ webhook }))
  for (const { id, accountId, fault, seen, struck } of faults.current())
    lines.set(`fault ${id}`, lineOf({ fault: { id, accountId, fault, seen, struck } }))
  lines.set('clock', lineOf({ clock: clock.standing() }))
  return lines
}

function goneLine(key: string): string {
  const id = key.slice(key.indexOf(' ') + 1)
  return lineOf(key.startsWith('webhook ') ? { webhookGone: id } : { faultGone: id })
}

/**
 * Compares webhooks, faults and the clock with what was last written: few, and changed in many places. The counts of
 * faults change with calls.
 */
export function changedSettings(state: KeptState) {
  let written: Lines = new Map()
  return {
    /** All lines, as of now. */
    all: () => [...linesOf(state).values()],
    /** What changed, and a function to call once that is written. */
    take() {
      const now = linesOf(state)
      const lines = [...now].filter(([key, line]) => written.get(key) !== line).map(([, line]) => line)
      const gone = [...written.keys()].filter((key) => !now.has(key)).map(goneLine)
      return {
        lines: [...lines, ...gone],
        isWritten: () => {
          written = now
        },
      }
    },
  }
}
