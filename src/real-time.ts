/** Real time in milliseconds since 1970, which `ahead` of a clock is relative to. */
export const realNow = (): number => Date.now()

/**
 * Calls `action` after `ms` of real time, whatever the sandbox's clock says. Does not keep the process alive. Returns a
 * function that cancels it.
 */
export function afterRealTime(ms: number, action: () => void): () => void {
  const timer = setTimeout(action, ms).unref()
  return () => {
    clearTimeout(timer)
  }
}

/** Settles as `work` does, or rejects with `late()` after `ms` of real time. */
export const inTime = <T>(work: Promise<T>, ms: number, late: () => Error): Promise<T> =>
  new Promise((resolve, reject) => {
    const callOff = afterRealTime(ms, () => {
      reject(late())
    })
    work.then(resolve, reject).finally(callOff)
  })

/** Resolves after `ms` of real time; keeps the process alive meanwhile. */
export const passRealTime = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
