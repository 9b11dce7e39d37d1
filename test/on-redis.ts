import t from 'tap'
import { skip } from './redis'

/** Runs the tests that `load` loads once more, with a Redis of their own in the place of the memory. */
export function onRedis(load: () => unknown): void {
  process.env['TEST_STORE'] ??= 'own'
  if (skip === false) load()
  else t.test('the same on Redis', { skip }, async () => undefined)
}
