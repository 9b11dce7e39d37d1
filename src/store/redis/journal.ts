import { EventEmitter } from 'node:events'
import { afterRealTime } from '../../clock'
import { randomIds } from '../../ids'
import { type Journal, longBodies, mostLossy, type Recorded, shortBodies } from '../journal'
import { type Hub, readRequest } from './hub'
import type { Link } from './link'
import { script } from './script'

/** The most requests that wait to be written: with Redis away they are dropped and counted, not gathered. */
const mostWaiting = 1_000
const mostWaitingBytes = 64 * 1024 * 1024
/** Bytes of bodies that are written at a time: Redis does nothing else meanwhile. */
const mostAtOnce = 4 * 1024 * 1024

/** A line of the journal is the number of a request, its account as JSON, and the rest as JSON. */
export const journalLua = `
local function accountOf(line)
  return string.match(line, '^%d+\\n([^\\n]*)')
end
local function dropBodies(id)
  call('decrby', p .. 'journalBytes', call('hstrlen', p .. 'journalBodies', id))
  call('hdel', p .. 'journalBodies', id)
end
`

/**
 * ARGV: how many are kept, bytes of bodies that are, accounts that are remembered to have lost some, how many were
 * dropped before, then for each request its account as JSON, the rest and its bodies. Bodies are apart, by number, so
 * that those of old requests can be given up: `journalWhole` has the numbers of those that are there, newest first.
 * In the set of accounts that lost requests, * stands for any.
 */
const write = script(
  'sandboxWriteJournal',
  `${journalLua}
call('incrby', p .. 'journalDropped', ARGV[4])
if tonumber(ARGV[4]) > 0 then call('sadd', p .. 'journalLossy', '*') end
for i = 5, #ARGV, 3 do
  local id = call('incr', p .. 'journalCount')
  local line = id .. '\\n' .. ARGV[i] .. '\\n' .. ARGV[i + 1]
  call('publish', p .. 'request', line .. '\\n' .. ARGV[i + 2])
  call('lpush', p .. 'journal', line)
  call('lpush', p .. 'journalWhole', id)
  call('hset', p .. 'journalBodies', id, ARGV[i + 2])
  call('incrby', p .. 'journalBytes', #ARGV[i + 2])
end
local tooMany = call('llen', p .. 'journal') - ARGV[1]
if tooMany > 0 then
  for _, line in ipairs(call('rpop', p .. 'journal', tooMany)) do
    call('sadd', p .. 'journalLossy', accountOf(line))
    local id = string.match(line, '^%d+')
    dropBodies(id)
    if call('lindex', p .. 'journalWhole', -1) == id then call('rpop', p .. 'journalWhole') end
  end
  if call('scard', p .. 'journalLossy') > tonumber(ARGV[3]) then
    call('unlink', p .. 'journalLossy')
    call('sadd', p .. 'journalLossy', '*')
  end
  call('incrby', p .. 'journalDropped', tooMany)
end
while tonumber(call('get', p .. 'journalBytes')) > tonumber(ARGV[2]) do dropBodies(call('rpop', p .. 'journalWhole')) end`,
)

/** ARGV: account. Whether a request of it is no longer kept. */
const isLossy = script(
  'sandboxIsLossy',
  `return call('sismember', p .. 'journalLossy', '*') + call('sismember', p .. 'journalLossy', ARGV[1])`,
)

/** ARGV: after how many bytes to stop, and numbers of requests. Answers the bodies of the first ones, as many as that. */
const readBodies = script(
  'sandboxReadBodies',
  `local found, bytes = {}, 0
for i = 2, #ARGV do
  local body = call('hget', p .. 'journalBodies', ARGV[i]) or '{}'
  found[#found + 1] = body
  bytes = bytes + #body
  if bytes > tonumber(ARGV[1]) then break end
end
return found`,
)

/** Bodies that are asked for at a time. */
const mostAsked = 1_000

/** What a line begins with. */
const numberOf = (text: string) => text.slice(0, text.indexOf('\n'))

/** About the bytes that the bodies of a request take; a string's length is enough to tell. */
const bytesOf = ({ requestBody, responseBody }: Omit<Recorded, 'id'>) =>
  (requestBody?.length ?? 0) + (responseBody?.length ?? 0)

/** Milliseconds of real time that other processes get to write what they have answered. */
const patience = 250

export interface RedisJournal extends Omit<Journal, 'reset'> {
  /** Resolves once every process has written the requests that it had answered. */
  settled(): Promise<void>
}

/**
 * The last requests in Redis, of all processes. A request is answered first and written then, so that nobody waits for
 * it; who reads the journal lets all processes write before, or a call that another one answered might be missing.
 */
export function redisJournal(link: Link, hub: Hub, size: number): RedisJournal {
  const mostBytes = longBodies + size * shortBodies
  const waiting: Omit<Recorded, 'id'>[] = []
  let waitingBytes = 0
  let lost = 0
  let underWay: Promise<void> | undefined

  function nextBatch() {
    let bytes = 0
    const end = waiting.findIndex((request) => (bytes += bytesOf(request)) > mostAtOnce) + 1
    const batch = waiting.splice(0, end === 0 ? waiting.length : end)
    waitingBytes -= bytes
    return batch
  }

  async function flush() {
    while (waiting.length > 0) {
      const batch = nextBatch()
      const wereLost = lost
      lost = 0
      try {
        const lines = batch.flatMap(({ requestBody, responseBody, ...rest }) => [
          JSON.stringify(rest.accountId),
          JSON.stringify(rest),
          JSON.stringify({ requestBody, responseBody }),
        ])
        await link.run(write, size, mostBytes, mostLossy, wereLost, ...lines)
      } catch {
        lost += wereLost + batch.length
      }
    }
    underWay = undefined
  }

  const told = new EventEmitter().setMaxListeners(0)
  hub.listen('journalWrite', (question) => {
    void Promise.resolve(underWay)
      .then(() => link.command('publish', `${link.prefix}journalWritten`, question))
      .catch(() => undefined)
  })
  hub.listen('journalWritten', (question) => told.emit(question))

  async function settled() {
    await underWay
    await hub.ready()
    const question = randomIds.token()
    await new Promise<void>((resolve, reject) => {
      let answers = 0
      let asked = Infinity
      const end = () => {
        callOff()
        told.removeAllListeners(question)
        resolve()
      }
      const callOff = afterRealTime(patience, end)
      told.on(question, () => {
        answers++
        if (answers >= asked) end()
      })
      link.command('publish', `${link.prefix}journalWrite`, question).then((count) => {
        // A node of a cluster counts those alone who listen at it.
        if (!link.isCluster) asked = Number(count)
        if (answers >= asked) end()
      }, reject)
    })
  }

  /** The bodies of the requests of these numbers. Part by part: Redis does nothing else meanwhile, and a part has to come in time. */
  async function bodiesOf(ids: readonly string[]) {
    const found: string[] = []
    while (found.length < ids.length) {
      const wanted = ids.slice(found.length, found.length + mostAsked)
      found.push(...((await link.run(readBodies, mostAtOnce, ...wanted)) as string[]))
    }
    return found
  }

  return {
    add(tell) {
      if (waiting.length >= mostWaiting || waitingBytes >= mostWaitingBytes) {
        lost++
        return
      }
      const request = tell()
      waiting.push(request)
      waitingBytes += bytesOf(request)
      // At once: who was answered may ask another process for it.
      underWay ??= flush()
    },
    async list(accountId) {
      await settled()
      const lines = (await link.command('lrange', `${link.prefix}journal`, 0, -1)) as string[]
      const bodies = await bodiesOf(lines.map(numberOf))
      const all = lines.map((line, i) => readRequest(`${line}\n${String(bodies[i])}`))
      return accountId === null ? all : all.filter((recorded) => recorded.accountId === accountId)
    },
    settled,
    async dropped() {
      return Number((await link.command('get', `${link.prefix}journalDropped`)) ?? 0) + lost
    },
    async isComplete(accountId) {
      if (accountId === null) return (await this.dropped()) === 0
      return lost === 0 && (await link.run(isLossy, JSON.stringify(accountId))) === 0
    },
  }
}
