/** The real time, in milliseconds since 1970: what a clock that is `ahead` is ahead of. */
export const realNow = (): number => Date.now()

/**
 * Calls `action` after `ms` of real time, whatever the sandbox's clock says; does not keep the process alive.
 * Returns a function that calls it off.
 */
export function afterRealTime(ms: number, action: () => void): () => void {
  const timer = setTimeout(action, ms).unref()
  return () => {
    clearTimeout(timer)
  }
}

/** Settles as `work` does, or rejects with what `late` makes when that takes over `ms` of real time. */
export const inTime = <T>(work: Promise<T>, ms: number, late: () => Error): Promise<T> =>
  new Promise((resolve, reject) => {
    const callOff = afterRealTime(ms, () => {
      reject(late())
    })
    work.then(resolve, reject).finally(callOff)
  })

/** Resolves after `ms` of real time; keeps the process alive meanwhile. */
export const passRealTime = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
