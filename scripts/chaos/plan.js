'use strict'

/**
 * @typedef {object} Trouble
 * @property {number} at Milliseconds from the start.
 * @property {number} forMs Until it is restarted or continues.
 * @property {'kill' | 'stop' | 'hang'} how
 * @property {number | 'redis'} who A replica, or their Redis.
 */

const calmAtStart = 3_000
const calmAtEnd = 6_000
/** Longer than a replica's lease on its deliveries, so that another takes over. Shorter runs have no time for it. */
const longHang = { least: 12_000, most: 15_000, fromSeconds: 60 }
const timeToComeBack = 2_000

/**
 * Plans the failures. Redis is stopped once, hangs once and is killed once; a replica hangs once; all the while one
 * replica after the other is killed or stopped. One of them is killed while Redis is away, so that it has to wait for
 * Redis when it restarts.
 *
 * @param {import('./chance').Chances} chances
 * @param {{ seconds: number, replicas: number }} options
 * @returns {Trouble[]}
 */
exports.planTroubles = function ({ between, below, chance }, { seconds, replicas }) {
  const end = seconds * 1000 - calmAtEnd
  const isLong = seconds >= longHang.fromSeconds
  /** @type {(how: Trouble['how'], who: Trouble['who']) => number} */
  const awayFor = (how, who) =>
    how === 'hang' && isLong
      ? between(longHang.least, longHang.most, 'hang', who)
      : between(3_000, 5_000, 'for', how, who)
  /** @type {Trouble[]} */
  const ofRedis = /** @type {const} */ (['stop', 'hang', 'kill']).map((how, i) => ({
    at: (seconds * 1000 * (i + between(0.7, 1, 'redis at', how))) / 4 + calmAtStart / 2,
    forMs: awayFor(how, 'redis'),
    how,
    who: 'redis',
  }))

  /** @type {Trouble[]} */
  const ofReplicas = ofRedis
    .filter(({ how }) => how === 'kill')
    .map(({ at }) => ({ at: at + 800, forMs: 500, how: 'kill', who: below(replicas, 'with redis') }))
  if (isLong) {
    const who = below(replicas, 'hangs')
    ofReplicas.push({
      at: seconds * 1000 * between(0.05, 0.1, 'hang at'),
      forMs: awayFor('hang', who),
      how: 'hang',
      who,
    })
  }
  for (let i = 0, at = calmAtStart; at < end; i++, at += between(2_000, 6_000, 'gap', i)) {
    ofReplicas.push({
      at,
      forMs: between(200, 3_000, 'for', i),
      how: chance('how', i) < 0.8 ? 'kill' : 'stop',
      who: below(replicas, 'who', i),
    })
  }
  const troubles = [...ofRedis, ...ofReplicas].filter(({ at }) => at < end).sort((a, b) => a.at - b.at)
  return troubles.filter((each, i) => !troubles.slice(0, i).some((before) => isStillAbout(before, each)))
}

/**
 * Whether `later` would affect a process that is still away, or only just back, because of `before`.
 *
 * @type {(before: Trouble, later: Trouble) => boolean}
 */
const isStillAbout = (before, later) => before.who === later.who && later.at < before.at + before.forMs + timeToComeBack
