import type { Journal, Recorded } from '../journal'
import { shortened } from '../journal'
import { readRequest } from './hub'
import type { Link } from './link'
import { script } from './script'

/** The most requests that wait to be written: with Redis away they are dropped and counted, not gathered. */
const mostWaiting = 1_000

/** ARGV: how many are kept, how many were dropped before, then for each request its account as JSON and the rest. */
const write = script(
  'sandboxWriteJournal',
  `call('incrby', p .. 'journalDropped', ARGV[2])
for i = 3, #ARGV, 2 do
  local line = call('incr', p .. 'journalCount') .. '\\n' .. ARGV[i] .. '\\n' .. ARGV[i + 1]
  call('publish', p .. 'request', line)
  call('lpush', p .. 'journal', line)
end
local tooMany = call('llen', p .. 'journal') - ARGV[1]
if tooMany > 0 then
  call('rpop', p .. 'journal', tooMany)
  call('incrby', p .. 'journalDropped', tooMany)
end`,
)

/** The last requests in Redis, of all processes. A request is answered first and written then. */
export function redisJournal(link: Link, size: number): Omit<Journal, 'reset'> {
  let waiting: Omit<Recorded, 'id'>[] = []
  let lost = 0
  let underWay: Promise<void> | undefined

  async function flush() {
    while (waiting.length > 0) {
      const batch = waiting
      const wereLost = lost
      waiting = []
      lost = 0
      try {
        const lines = batch.flatMap((request) => [
          JSON.stringify(request.accountId),
          JSON.stringify({ ...request, ...shortened(request) }),
        ])
        await link.run(write, size, wereLost, ...lines)
      } catch {
        lost += wereLost + batch.length
      }
    }
    underWay = undefined
  }

  async function lines() {
    await underWay
    return (await link.command('lrange', `${link.prefix}journal`, 0, -1)) as string[]
  }

  return {
    add(tell) {
      if (waiting.length >= mostWaiting) {
        lost++
        return
      }
      waiting.push(tell())
      // At once: who was answered may ask another process for it.
      underWay ??= flush()
    },
    async list(accountId) {
      const all = (await lines()).map(readRequest)
      return accountId === null ? all : all.filter((recorded) => recorded.accountId === accountId)
    },
    async dropped() {
      await underWay
      return Number((await link.command('get', `${link.prefix}journalDropped`)) ?? 0) + lost
    },
  }
}
