import { EventEmitter } from 'node:events'
import { breatheInTime } from '../../breathe'
import { randomIds } from '../../ids'
import { afterRealTime } from '../../real-time'
import { type Journal, longBodies, mostLossy, shortBodies } from '../journal'
import type { Recorded } from '../records'
import { type Hub, readRequest } from './changes'
import type { Link } from './connection'
import { countOf } from './entries'
import { isLossy, readBodies, writeJournal } from './journal-lua'

/** Maximum number of requests that wait to be written: while Redis is away, more are dropped and counted. */
const mostWaiting = 1_000
const mostWaitingBytes = 64 * 1024 * 1024
/** Bytes of bodies in one script: Redis does nothing else meanwhile. */
const mostAtOnce = 4 * 1024 * 1024

/** Bodies requested at a time. */
const mostAsked = 1_000

/** Lines requested at a time: Redis does nothing else meanwhile. */
const mostLines = 500

/** The number that a line begins with. */
const numberOf = (text: string) => text.split('\n', 1).join()

/** Roughly the bytes of a request's bodies: the lengths of the strings are good enough. */
const bytesOf = ({ requestBody, responseBody }: Omit<Recorded, 'id'>) =>
  String(requestBody).length + String(responseBody).length

/** Milliseconds of real time that other processes have to write what they have answered. */
const patience = 250
/** The same where a test might wrongly pass without it. */
const longPatience = 2_000

/** Lost requests that are not yet counted in Redis, and their accounts as JSON. */
interface Lost {
  count: number
  accounts: Set<string>
}

export interface RedisJournal extends Journal {
  /** Resolves once every process has written what it had answered, or after a while; returns whether all have. */
  settled(): Promise<boolean>
}

/**
 * The latest requests of all processes, in Redis. Each is written after it was answered, so that nobody waits for it.
 * Whoever reads the journal waits for all processes to write, or a call that another one answered might be missing.
 */
export function redisJournal(link: Link, hub: Hub, size: number): RedisJournal {
  const mostBytes = longBodies + size * shortBodies
  const waiting: Omit<Recorded, 'id'>[] = []
  let waitingBytes = 0
  let lost: Lost = { count: 0, accounts: new Set() }
  let underWay: Promise<void> | undefined

  function nextBatch() {
    let bytes = 0
    const end = waiting.findIndex((request) => (bytes += bytesOf(request)) > mostAtOnce) + 1
    const batch = waiting.splice(0, end === 0 ? waiting.length : end)
    waitingBytes -= bytes
    return batch
  }

  function lose(requests: readonly Pick<Recorded, 'accountId'>[], before: Lost = { count: 0, accounts: new Set() }) {
    lost.count += before.count + requests.length
    for (const account of before.accounts) lost.accounts.add(account)
    for (const { accountId } of requests) lost.accounts.add(JSON.stringify(accountId))
  }

  async function flush() {
    do {
      const batch = nextBatch()
      const { count, accounts } = lost
      lost = { count: 0, accounts: new Set() }
      try {
        const lines = batch.flatMap(({ requestBody, responseBody, ...rest }) => [
          JSON.stringify(rest.accountId),
          JSON.stringify(rest),
          JSON.stringify({ requestBody, responseBody }),
        ])
        await link.run(writeJournal, size, mostBytes, mostLossy, count, accounts.size, ...accounts, ...lines)
      } catch {
        lose(batch, { count, accounts })
      }
    } while (waiting.length > 0)
    underWay = undefined
  }

  const told = new EventEmitter().setMaxListeners(0)
  hub.listen('journalWrite', (question) => {
    // Redis may have been away when requests were lost: whoever reads the journal now has to know.
    if (lost.count > 0) underWay ??= flush()
    void Promise.resolve(underWay)
      .then(() => link.command('publish', link.key('journalWritten'), question))
      .catch(() => undefined)
  })
  hub.listen('journalWritten', (question) => told.emit(question))

  /** Resolves with whether every process has confirmed that it has written everything, as far as can be known. */
  async function settled(ms = patience): Promise<boolean> {
    await underWay
    await hub.ready()
    const question = randomIds.token()
    return new Promise<boolean>((resolve, reject) => {
      let answers = 0
      let asked = Infinity
      const end = () => {
        callOff()
        told.removeAllListeners(question)
        resolve(link.isCluster || answers >= asked)
      }
      const endOnceAllHaveAnswered = () => {
        if (answers >= asked) end()
      }
      const callOff = afterRealTime(link.isCluster ? patience : ms, end)
      told.on(question, () => {
        answers++
        endOnceAllHaveAnswered()
      })
      link.command('publish', link.key('journalWrite'), question).then((count) => {
        // A node of a cluster counts only its own subscribers.
        if (!link.isCluster) asked = Number(count)
        endOnceAllHaveAnswered()
      }, reject)
    })
  }

  /** The bodies of these requests, in batches: Redis does nothing else meanwhile. */
  async function bodiesOf(ids: readonly string[]) {
    const found: string[] = []
    while (found.length < ids.length) {
      const wanted = ids.slice(found.length, found.length + mostAsked)
      found.push(...((await link.run(readBodies, mostAtOnce, ...wanted)) as string[]))
    }
    return found
  }

  /**
   * The requests of an account, read `most` lines at a time, newest first; null when a reset of an account removed
   * lines meanwhile, so that others may have been skipped.
   */
  async function listed(accountId: string | null, most: number): Promise<Recorded[] | null> {
    const account = JSON.stringify(accountId)
    const shortened = () => link.command('get', link.key('journalShortened'))
    const before = await shortened()
    const all: Recorded[] = []
    let last = Infinity
    for (let start = 0; ; start += most) {
      const range = [start, start + most - 1]
      const page = (await link.command('lrange', link.key('journal'), ...range)) as string[]
      if (start > 0 && (await shortened()) !== before) return null
      // New requests shift the list, so that some lines repeat. An invalid line has no number.
      const lines = page.filter((line) => !(Number(numberOf(line)) >= last))
      last = Math.min(last, ...page.map((line) => Number(numberOf(line))).filter((id) => id > 0))
      const wanted = accountId === null ? lines : lines.filter((line) => line.split('\n', 2)[1] === account)
      const bodies = await bodiesOf(wanted.map(numberOf))
      for (const [i, line] of wanted.entries()) {
        await breatheInTime()
        const recorded = readRequest(`${line}\n${String(bodies[i])}`)
        if (recorded === null) link.unreadable(`journal (line ${String(start + page.indexOf(line) + 1)})`)
        else all.push(recorded)
      }
      if (page.length < most) return all
    }
  }

  return {
    add(tell) {
      if (waiting.length >= mostWaiting || waitingBytes >= mostWaitingBytes) {
        lose([tell()])
        return
      }
      const request = tell()
      waiting.push(request)
      waitingBytes += bytesOf(request)
      // Immediately: the client that was answered may ask another process for it.
      underWay ??= flush()
    },
    async list(accountId) {
      await settled()
      for (let most = mostLines; ; most *= 4) {
        const all = await listed(accountId, most)
        if (all !== null) return all
      }
    },
    settled,
    async dropped() {
      return countOf(await link.command('get', link.key('journalDropped'))) + lost.count
    },
    async isComplete(accountId) {
      if (!(await settled(longPatience))) return false
      if (accountId === null) return (await this.dropped()) === 0
      const account = JSON.stringify(accountId)
      return !lost.accounts.has(account) && (await link.run(isLossy, account)) === 0
    },
  }
}
