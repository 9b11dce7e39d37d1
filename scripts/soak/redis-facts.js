'use strict'

const { Redis } = require('ioredis')

/** Reads statistics of Redis, not counting its own connection. @param {string} url */
exports.redisFacts = function (url) {
  const client = new Redis(url)
  return {
    async read() {
      const info = await client.info()
      /** @param {string} name */
      const number = (name) => {
        const [, digits] = /** @type {RegExpExecArray} */ (new RegExp(`^${name}:(\\d+)`, 'm').exec(info))
        return Number(digits)
      }
      return {
        redisMiB: number('used_memory') / 1024 / 1024,
        redisClients: number('connected_clients') - 1,
        redisKeys: await client.dbsize(),
      }
    },
    close: () => client.disconnect(),
  }
}
