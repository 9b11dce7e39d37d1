import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import root, { type Test } from 'tap'
import { fileState } from '../../src/compose/file'
import { memoryState } from '../../src/compose/memory'
import { redisState } from '../../src/compose/redis'
import { readOptions } from '../../src/config'
import type { State, StateDeps } from '../../src/deps'
import type { SandboxOptions } from '../../src/index'
import { redisFor, type RedisForTest, skip } from './redis'

/** A fresh state, which a test uses only through its interface. */
export interface EachState extends State {
  /** Opens the state of another process that shares the store. Only Redis is shared: elsewhere it is the same one. */
  replica: () => Promise<State>
}

const stateDeps: StateDeps = {
  logger: pino({ level: 'silent' }),
  metrics: null,
  resolve: () => Promise.reject(new Error('tests must not look up names')),
  // No test waits for a receiver to time out.
  timeout: 600_000,
}

/** Milliseconds that Redis gets to answer: longer than users wait, since the machine may be busy. */
const patience = 15_000

/** Shared by all tests of this process; each has its own prefix. */
let redis: Promise<RedisForTest> | undefined

/**
 * Tests a promise that all stores make: runs `story` with a state in memory, with one that a file keeps, and with one in
 * Redis, where that is installed. `options` are those of the sandbox.
 */
export function eachStore(
  title: string,
  story: (t: Test, state: EachState) => Promise<void>,
  options: SandboxOptions = {},
): void {
  root.test(`${title} (in memory)`, async (t) => {
    const state = memoryState(readOptions(options), stateDeps)
    t.teardown(() => state.close(0))
    await story(t, { ...state, replica: async () => state })
  })

  root.test(`${title} (in a file)`, async (t) => {
    const dir = await mkdtemp(join(tmpdir(), 'state-'))
    t.teardown(() => rm(dir, { recursive: true }))
    const file = join(dir, 'state')
    const state = await fileState({ ...readOptions({ ...options, state: file }), state: file }, stateDeps)
    t.teardown(() => state.close(0))
    await story(t, { ...state, replica: async () => state })
  })

  root.test(`${title} (in Redis)`, { skip }, async (t) => {
    redis ??= redisFor(root)
    const store = (await redis).url
    const config = { ...readOptions({ ...options, store, storePrefix: randomUUID() }), store }
    const open = async () => {
      const state = await redisState(config, stateDeps, patience)
      t.teardown(() => state.close(0))
      return state
    }
    await story(t, { ...(await open()), replica: open })
  })
}

/** The items as a list. */
export async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** The results of `count` concurrent calls, spread evenly over `replicas`. */
export const atOnce = <R, T>(count: number, replicas: readonly R[], call: (one: R, i: number) => T | Promise<T>) =>
  Promise.all(Array.from({ length: count }, async (_, i) => call(replicas[i % replicas.length] as R, i)))
