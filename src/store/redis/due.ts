import type { Clock } from '../../clock'
import { afterRealTime, realNow } from '../../real-time'
import type { Link } from './connection'
import { deliveriesLua, lease } from './deliveries-lua'
import { items, k } from './keys'
import type { Queued } from './orders'
import { script } from './script'

/** What is scheduled by the sandbox's clock, for whichever process is there to do it. */
export interface Agenda {
  /** The first instant in it, in milliseconds since 1970; null: none. */
  first(): Promise<number | null>
  /** Queues everything that is due by the clock, and what a dead process left in the queue. */
  runDue(): Promise<void>
  /** The items that are queued or under way. */
  queued(): Promise<string[]>
  /** Checks the agenda again when the clock reaches `instant`. */
  arm(instant: number): void
  /** Checks the agenda whenever something may be due, until it is closed. */
  start(): void
  close(): void
}

/** How often to look for work that dead processes left: milliseconds of real time. */
const interval = 2_000
const most = 200

/** ARGV: now, how many. Returns what was queued, and the next instant. */
const claim = script(
  'sandboxClaim',
  `${deliveriesLua}
local due = {}
for _, item in ipairs(call('zrangebyscore', ${k.agenda}, '-inf', ARGV[1], 'limit', 0, ARGV[2])) do
  queue(due, item)
  local id = string.match(item, '^${items.delivery}(.*)$')
  -- Its next attempt begins now: readers and replays must see it as under way.
  if id then
    local before = call('hget', ${k.progress}, id)
    local progress = before and string.gsub(before, '"nextAttemptAt":%d+', '"nextAttemptAt":null', 1)
    if progress then call('hset', ${k.progress}, id, progress) end
  end
end
local now = realTime()
for _, item in ipairs(call('zrangebyscore', ${k.queued}, '-inf', now, 'limit', 0, ARGV[2])) do
  call('zadd', ${k.queued}, now + ${String(lease)}, item)
  due[#due + 1] = item
  due[#due + 1] = call('hget', ${k.rounds}, item) or 0
end
return {due, call('zrange', ${k.agenda}, 0, 0, 'withscores')}`,
)

export function redisAgenda(link: Link, clock: Clock, onQueued: (queued: Queued) => Promise<void>): Agenda {
  let callOff: (() => void) | undefined
  let again: (() => void) | undefined = lookAgain
  let stopWaiting: (() => void) | undefined
  let armedFor = Infinity

  async function runDue() {
    for (;;) {
      const [queued, [, next]] = (await link.run(claim, clock.now(), most)) as [Queued, string[]]
      if (queued.length > 0) await onQueued(queued)
      if (next !== undefined && Number(next) > clock.now()) arm(Number(next))
      if (queued.length < 2 * most) return
    }
  }

  function arm(instant: number) {
    if (instant <= clock.now()) {
      void look()
      return
    }
    if (instant >= armedFor) return
    stopWaiting?.()
    armedFor = instant
    stopWaiting = clock.at(instant, () => {
      armedFor = Infinity
      return look()
    })
  }

  /** If it fails, Redis is away: the next check does the work. */
  const look = () => runDue().catch(() => undefined)

  function lookAgain() {
    callOff = afterRealTime(interval, () => {
      void look().then(() => again?.())
    })
  }

  return {
    async first() {
      const [, instant] = (await link.command('zrange', link.key('agenda'), 0, 0, 'withscores')) as string[]
      return instant === undefined ? null : Number(instant)
    },
    runDue,
    queued: async () => (await link.command('zrange', link.key('queued'), 0, -1)) as string[],
    arm,
    start() {
      void look()
      lookAgain()
    },
    close() {
      again = undefined
      callOff?.()
      stopWaiting?.()
    },
  }
}

/**
 * Resolves when nothing is queued except what `hangs`, or after a second of real time, when the rest counts as hanging
 * too. Returns whether it took that long.
 */
export async function untilIdle(agenda: Pick<Agenda, 'queued'>, hangs: Set<string>): Promise<boolean> {
  const end = realNow() + 1_000
  for (;;) {
    const busy = (await agenda.queued()).filter((item) => !hangs.has(item))
    if (busy.length === 0) return false
    if (realNow() >= end) {
      for (const item of busy) hangs.add(item)
      return true
    }
    await new Promise<void>((resolve) => afterRealTime(5, resolve))
  }
}
