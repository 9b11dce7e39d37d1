'use strict'

const { setTimeout: sleep } = require('node:timers/promises')

/** Milliseconds. */
const patience = 40_000

/** @typedef {Awaited<ReturnType<typeof import('../redis-server').startRedis>>} RunningRedis */
/** @typedef {import('../replica').Replica | RunningRedis} Victim */

/**
 * Does what the plan says, and writes down who was away when. What is planned for somebody who is away already waits
 * for its return.
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
  /** What each is doing. @type {Map<number | 'redis', Promise<void>>} */
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
    // It is waited for at the end; until then it is nobody's fault that nobody does.
    turn.catch(() => undefined)
    turns.set(trouble.who, turn)
  }
  await Promise.all(turns.values())
}

/**
 * As whatever looks after processes does: a replica gives up when Redis is not there for ten seconds.
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
