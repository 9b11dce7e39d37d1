import { afterRealTime } from '../real-time'

/** Milliseconds of real time after which what is under way counts as hung: nobody waits for it then. */
const patience = 1_000

/** Counts what is under way by its turn, so that who waits for it need not wait for what came later. */
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
    /** Counts something until the function that is returned is called, but for the time that it hangs. */
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
    /** Resolves when nothing up to `turn` is under way, but for what hangs. */
    idle(turn: number): Promise<void> {
      barrier = turn
      older += newer
      newer = 0
      return older === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))
    },
  }
}
