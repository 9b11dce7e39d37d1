'use strict'

const { setTimeout: sleep } = require('node:timers/promises')

/** Milliseconds. */
const patience = 40_000

/** @typedef {Awaited<ReturnType<typeof import('../redis-server').startRedis>>} RunningRedis */
/** @typedef {import('../replica').Replica | RunningRedis} Victim */

/**
 * Carries out the plan, and records who was away when. A failure planned for somebody who is already away waits for
 * their return.
 *
 * @param {import('./plan').Trouble[]} plan
 * @param {object} run
 * @param {import('../replica').Replica[]} run.replicas
 * @param {RunningRedis | null} run.redis
 * @param {import('./history').History} run.history
 * @param {number} run.begin
 * @param {(text: string) => void} progress
 */
exports.makeTrouble = async function (plan, { replicas, redis, history, begin }, progress) {
  /** The latest failure of each. @type {Map<number | 'redis', Promise<void>>} */
  const turns = new Map()

  /** @param {import('./plan').Trouble} trouble */
  async function carryOut({ forMs, how, who }) {
    const victim = /** @type {Victim} */ (who === 'redis' ? redis : replicas[who])
    const name = 'name' in victim ? victim.name : 'Redis'
    progress(`${words[how]} ${name} for ${(forMs / 1000).toFixed(1)} s`)
    const away = { who, how, from: performance.now(), until: Infinity }
    history.away.push(away)
    await victim[how]()
    await sleep(forMs)
    await (how === 'hang' ? victim.goOn() : startAgain(victim))
    away.until = performance.now()
    progress(`${name} is back`)
  }

  for (const trouble of plan) {
    await sleep(Math.max(0, begin + trouble.at - performance.now()))
    const before = turns.get(trouble.who) ?? Promise.resolve()
    const turn = before.then(() => carryOut(trouble))
    // Awaited at the end; until then a rejection must not count as unhandled.
    turn.catch(() => undefined)
    turns.set(trouble.who, turn)
  }
  await Promise.all(turns.values())
}

/**
 * Restarts until it works, like a process supervisor: a replica exits if Redis is away for ten seconds.
 *
 * @param {Victim} victim
 */
async function startAgain(victim) {
  const deadline = performance.now() + patience
  for (;;) {
    try {
      return await victim.start()
    } catch (error) {
      if (performance.now() > deadline) throw error
    }
  }
}

const words = { kill: 'killing', stop: 'stopping', hang: 'hanging' }
