'use strict'

/**
 * @typedef {object} Trouble
 * @property {number} at Milliseconds from the start.
 * @property {number} forMs How long until it is started again, or goes on.
 * @property {'kill' | 'stop' | 'hang'} how
 * @property {number | 'redis'} who A replica, or their Redis.
 */

const calmAtStart = 3_000
const calmAtEnd = 6_000

/**
 * What goes wrong when. Redis is stopped once, hangs once and is killed once; the replicas go one after the other, and
 * one of them while Redis is away, so that it has to wait for Redis when it starts.
 *
 * @param {import('./chance').Chances} chances
 * @param {{ seconds: number, replicas: number }} options
 * @returns {Trouble[]}
 */
exports.planTroubles = function ({ between, below, chance }, { seconds, replicas }) {
  const end = seconds * 1000 - calmAtEnd
  /** @type {Trouble[]} */
  const ofRedis = ['stop', 'hang', 'kill'].map((how, i) => ({
    at: (seconds * 1000 * (i + between(0.7, 1.1, 'redis at', how))) / 4 + calmAtStart / 2,
    forMs: between(3_000, 5_000, 'redis for', how),
    how,
    who: 'redis',
  }))

  /** @type {Trouble[]} */
  const ofReplicas = ofRedis
    .filter(({ how }) => how === 'kill')
    .map(({ at }) => ({ at: at + 800, forMs: 500, how: 'kill', who: below(replicas, 'with redis') }))
  for (let i = 0, at = calmAtStart; at < end; i++, at += between(2_000, 6_000, 'gap', i)) {
    ofReplicas.push({
      at,
      forMs: between(200, 3_000, 'for', i),
      how: chance('how', i) < 0.8 ? 'kill' : 'stop',
      who: below(replicas, 'who', i),
    })
  }
  return [...ofRedis, ...ofReplicas].filter(({ at }) => at < end).sort((a, b) => a.at - b.at)
}
