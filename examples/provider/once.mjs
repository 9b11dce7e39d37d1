import { createHash } from 'node:crypto'

/**
 * Runs work once for each body, however often it arrives; what failed is tried again. In production, this is a unique key
 * in your database, so that it also holds between processes.
 */
export function onceEach(most = 10_000) {
  /** @type {Map<string, Promise<void>>} */
  const begun = new Map()

  /** @param {Buffer} rawBody @param {() => Promise<void>} work */
  return async (rawBody, work) => {
    const key = createHash('sha256').update(rawBody).digest('base64')
    const earlier = begun.get(key)
    if (earlier !== undefined) return earlier
    const running = work()
    begun.set(key, running)
    const [oldest = key] = begun.keys()
    if (begun.size > most) begun.delete(oldest)
    try {
      await running
    } catch (error) {
      begun.delete(key)
      throw error
    }
  }
}
