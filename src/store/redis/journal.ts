import { EventEmitter } from 'node:events'
import { afterRealTime } from '../../clock'
import { randomIds } from '../../ids'
import { type Journal, type Recorded, shortened } from '../journal'
import { type Hub, readRequest } from './hub'
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

  const told = new EventEmitter().setMaxListeners(0)
  hub.listen('journalWrite', (question) => {
    void Promise.resolve(underWay)
      .then(() => link.command('publish', `${link.prefix}journalWritten`, question))
      .catch(() => undefined)
  })
  hub.listen('journalWritten', (question) => told.emit(question))

  async function settled() {
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

  async function lines() {
    await settled()
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
    settled,
    async dropped() {
      return Number((await link.command('get', `${link.prefix}journalDropped`)) ?? 0) + lost
    },
  }
}
