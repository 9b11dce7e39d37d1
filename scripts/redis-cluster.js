'use strict'

const { setTimeout: sleep } = require('node:timers/promises')
const { Redis } = require('ioredis')
const { startRedis } = require('./redis-server')
const { steadyPort } = require('./steady-port')

const slots = 16_384
const masters = 3
/** Milliseconds. */
const patience = 15_000
const pause = 50

/**
 * Starts a Redis cluster of three masters that share all slots.
 *
 * @param {{ executable?: string, parentFolder?: string }} [options] As for `startRedis`.
 */
exports.startRedisCluster = async function (options = {}) {
  const nodes = await startAll(async () => {
    const bus = String(await steadyPort())
    const args = ['--cluster-enabled', 'yes', '--cluster-port', bus, '--cluster-node-timeout', '2000']
    return { bus, ...(await startRedis({ ...options, args })) }
  })
  const remove = async () => {
    await Promise.all(nodes.map((node) => node.remove()))
  }
  try {
    await join(nodes)
  } catch (error) {
    await remove()
    throw error
  }
  return {
    /** The address of each master; any of them leads to the others. */
    urls: nodes.map(({ url }) => url),
    nodes,
    remove,
  }
}

/** @template T @param {() => Promise<T & { remove: () => Promise<void> }>} start */
async function startAll(start) {
  const started = await Promise.allSettled(Array.from({ length: masters }, start))
  const nodes = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  const failed = started.find((each) => each.status === 'rejected')
  if (failed === undefined) return nodes
  await Promise.all(nodes.map((node) => node.remove()))
  throw failed.reason
}

/** @param {{ url: string, port: number, bus: string }[]} nodes */
async function join(nodes) {
  const clients = nodes.map(({ url }) => new Redis(url))
  try {
    const [first] = clients
    for (const [i, client] of clients.entries()) {
      const from = Math.ceil((i * slots) / masters)
      const to = Math.ceil(((i + 1) * slots) / masters) - 1
      await client.call('CLUSTER', 'ADDSLOTSRANGE', from, to)
      // Distinct epochs, so that nodes agree on the owners of slots from the start.
      await client.call('CLUSTER', 'SET-CONFIG-EPOCH', i + 1)
    }
    for (const { port, bus } of nodes.slice(1)) {
      await first?.call('CLUSTER', 'MEET', '127.0.0.1', port, bus)
    }
    const deadline = performance.now() + patience
    while (!(await Promise.all(clients.map(isWhole))).every(Boolean)) {
      if (performance.now() > deadline) throw new Error(`the cluster did not form within ${patience} ms`)
      await sleep(pause)
    }
  } finally {
    for (const client of clients) client.disconnect()
  }
}

/** Whether a node knows all others and all slots. @param {Redis} client */
async function isWhole(client) {
  const info = String(await client.call('CLUSTER', 'INFO'))
  return info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${masters}`)
}
