import { afterRealTime } from '../real-time'

/** Milliseconds of real time after which work counts as hung, and nobody waits for it any more. */
const patience = 1_000

/** Counts work under way by turn, so that waiting for earlier work does not include later work. */
export function underWay() {
  let barrier = 0
  let older = 0
  let newer = 0
  const waiting: (() => void)[] = []

  function count(turn: number, by: 1 | -1) {
    if (turn > barrier) {
      newer += by
      return
    }
    older += by
    if (older === 0) for (const resolve of waiting.splice(0)) resolve()
  }

  return {
    /** Counts a piece of work until the returned function is called, or until it hangs. */
    begin(turn: number): () => void {
      let hangs = false
      count(turn, 1)
      const callOff = afterRealTime(patience, () => {
        hangs = true
        count(turn, -1)
      })
      return () => {
        callOff()
        if (!hangs) count(turn, -1)
      }
    },
    /** Resolves when nothing up to `turn` is under way, except what hangs. */
    idle(turn: number): Promise<void> {
      barrier = turn
      older += newer
      newer = 0
      return older === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))
    },
  }
}
