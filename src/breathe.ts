/** Milliseconds of real time that long work may take at a time. */
export const longestTurn = 10

const inLine: (() => void)[] = []

let turnBegan = -Infinity

/**
 * Lets whatever else is due have its turn; for work that would hold up everything for long. However many wait for
 * their turn, one at a time goes on.
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

/** As `breathe`, once all the long work of this turn has taken its time: to be waited for after each step of such work. */
export async function breatheInTime(): Promise<void> {
  if (performance.now() - turnBegan > longestTurn) await breathe()
}
