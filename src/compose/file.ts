import type { Logger } from 'pino'
import type { Config } from '../config'
import { betweenLoads, loadSnapshot } from '../control/snapshot'
import { loadFile } from '../control/snapshot-file'
import type { State, StateDeps } from '../deps'
import { keepState } from '../state-file/keep'
import { type LogFile, openLog, whyNot } from '../state-file/log-file'
import { restorer } from '../state-file/restore'
import { progressOf } from '../state-file/tell-progress'
import { localChanges } from '../store/memory/changes'
import { type MemoryParts, memoryState } from './memory'

/**
 * A state in the memory of this process that a file keeps: at most five seconds behind while it runs, and complete once it
 * is closed. Throws an Error that names the setting when the file, or the snapshot to start from, cannot be used.
 */
export async function fileState(
  config: Config & { state: string },
  deps: StateDeps,
  parts: MemoryParts = {},
): Promise<State> {
  const { state: file, load, nameOf } = config
  const { logger } = deps
  const refusal = (why: string) => new Error(`${nameOf('state')} must be a state file, but ${why}.`)
  const log = await openLog(file).catch((error: unknown) => {
    throw refusal((error as Error).message)
  })
  const changes = parts.changes ?? localChanges()
  const memory = memoryState(config, deps, { ...parts, changes })
  const between = <T>(work: () => T) => betweenLoads(memory, work)
  const keeper = keepState({ log, file, state: memory, changes, logger, betweenLoads: between })
  try {
    await restore(log, memory, config, logger).catch((error: unknown) => {
      throw refusal(whyNot(file, error as Error))
    })
    // Before anything is written: after a failure, the file is still new.
    if (load !== null && log.isNew) await loadFile({ ...memory, config }, load)
    await keeper.begin().catch((error: unknown) => {
      throw refusal(whyNot(file, error as Error))
    })
  } catch (error) {
    await memory.close(0)
    await log.close()
    throw error
  }
  if (load !== null && !log.isNew)
    logger.info({ file: load }, `the snapshot is not loaded: ${file} already holds a state`)
  if (config.clock !== null && memory.clock.now() !== config.clock)
    logger.info({ file }, 'the clock continues from the state file: SANDBOX_CLOCK only applies to a new one')
  let closed: Promise<void> | undefined
  return {
    ...memory,
    reset(accountId) {
      keeper.reset(accountId)
      return memory.reset(accountId)
    },
    deliveries: {
      ...memory.deliveries,
      async import(deliveries) {
        await memory.deliveries.import(deliveries)
        await keeper.imported(deliveries)
      },
    },
    whyNotReady: async () => keeper.problem(),
    close: (ms) => (closed ??= keeper.close(() => memory.close(ms))),
  }
}

type MemoryState = ReturnType<typeof memoryState>

async function restore(log: LogFile, memory: MemoryState, config: Config & { state: string }, logger: Logger) {
  const { state: file } = config
  if (log.snapshot !== null) return loadSnapshot({ ...memory, config }, log.snapshot)
  if (log.torn > 0) logger.warn({ file, bytes: log.torn }, 'dropped what was being written when the sandbox was killed')
  const restored = restorer(memory)
  await log.read(
    (entry) => {
      restored.take(entry)
    },
    progressOf(file, logger),
  )
  await requireRoom(memory, config)
  await restored.finish()
  return memory.limitRestored()
}

/** Throws an Error that names the setting when there are more orders than the configuration allows. */
async function requireRoom({ store }: MemoryState, { maxOrders, maxOrderBytes, nameOf }: Config) {
  const [count, bytes] = [await store.count(null), await store.bytes()]
  if (count > maxOrders)
    throw new Error(
      `it has ${String(count)} orders, and the maximum is ${String(maxOrders)}: raise ${nameOf('maxOrders')}`,
    )
  if (bytes > maxOrderBytes)
    throw new Error(
      `its orders have ${String(bytes)} bytes, and the maximum is ${String(maxOrderBytes)}: raise ${nameOf('maxOrderBytes')}`,
    )
}
