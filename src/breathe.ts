/** Milliseconds of real time that long work may run before it yields. */
export const longestTurn = 10

const inLine: (() => void)[] = []

let turnBegan = -Infinity

/**
 * Yields to the event loop, so that long work does not block everything else. However many callers wait, one continues
 * per turn.
 */
export const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    if (inLine.push(resolve) === 1) setImmediate(nextTurn)
  })

function nextTurn() {
  turnBegan = performance.now()
  inLine.shift()?.()
  if (inLine.length > 0) setImmediate(nextTurn)
}

/**
 * Like `breathe`, but yields only once the long work of this turn has used up its time. Await it after each step of
 * such work.
 */
export async function breatheInTime(): Promise<void> {
  if (performance.now() - turnBegan > longestTurn) await breathe()
}
