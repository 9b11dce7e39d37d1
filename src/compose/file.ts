import type { Logger } from 'pino'
import type { Config } from '../config'
import { loadSnapshot, untilLoaded } from '../control/snapshot'
import type { State, StateDeps } from '../deps'
import { keepState } from '../state-file/keep'
import { type LogFile, openLog } from '../state-file/log-file'
import { restorer } from '../state-file/restore'
import { progressOf } from '../state-file/tell-progress'
import { localChanges } from '../store/memory/changes'
import { type MemoryParts, memoryState } from './memory'

/**
 * A state in the memory of this process that a file keeps: at most five seconds behind while it runs, and complete once it
 * is closed. Throws an Error that names the setting when the file cannot be used.
 */
export async function fileState(
  config: Config & { state: string },
  deps: StateDeps,
  parts: MemoryParts = {},
): Promise<State> {
  const { state: file, nameOf } = config
  const refusal = (why: string) => new Error(`${nameOf('state')} must be a state file, but ${why}.`)
  const log = await openLog(file).catch((error: unknown) => {
    throw refusal((error as Error).message)
  })
  const changes = parts.changes ?? localChanges()
  const memory = memoryState(config, deps, { ...parts, changes })
  const keeper = keepState({
    log,
    file,
    state: memory,
    changes,
    logger: deps.logger,
    loaded: () => untilLoaded(memory),
  })
  try {
    if (log.snapshot === null) await readLog(log, memory, { file, logger: deps.logger })
    else await loadSnapshot({ ...memory, config }, log.snapshot)
    await requireRoom(memory, config)
    await keeper.begin()
  } catch (error) {
    await memory.close(0)
    await log.close()
    throw refusal(`${file} cannot be read: ${(error as Error).message}`)
  }
  return {
    ...memory,
    isRestored: !log.isNew,
    reset(accountId) {
      keeper.reset(accountId)
      return memory.reset(accountId)
    },
    deliveries: {
      ...memory.deliveries,
      async import(deliveries) {
        await memory.deliveries.import(deliveries)
        await keeper.loaded(deliveries)
      },
    },
    whyNotReady: async () => keeper.problem(),
    close: (ms) => keeper.close(() => memory.close(ms)),
  }
}

type MemoryState = ReturnType<typeof memoryState>

async function readLog(log: LogFile, memory: MemoryState, { file, logger }: { file: string; logger: Logger }) {
  if (log.torn > 0) logger.warn({ file, bytes: log.torn }, 'dropped what was being written when the sandbox was killed')
  const restored = restorer(memory)
  await log.read(
    (entry) => {
      restored.take(entry)
    },
    progressOf(file, logger),
  )
  await restored.finish()
  await memory.limitRestored()
}

/** Throws an Error that names the setting when there are more orders than the configuration allows. */
async function requireRoom({ store }: MemoryState, { maxOrders, maxOrderBytes }: Config) {
  const [count, bytes] = [await store.count(null), await store.bytes()]
  if (count > maxOrders)
    throw new Error(`it has ${String(count)} orders, and ${String(maxOrders)} are the most: raise SANDBOX_MAX_ORDERS`)
  if (bytes > maxOrderBytes)
    throw new Error(
      `its orders take ${String(bytes)} bytes, and ${String(maxOrderBytes)} are the most: raise SANDBOX_MAX_ORDER_BYTES`,
    )
}
