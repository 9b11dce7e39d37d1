'use strict'

const { spawn } = require('node:child_process')
const { once } = require('node:events')
const { quickFolder, startRedis } = require('./redis-server')

/** Runs a command, such as the tests, with the address of a Redis of its own in TEST_STORE. */
async function run() {
  const [command = '', ...args] = process.argv.slice(2)
  const redis = await startRedis({ parentFolder: quickFolder() })
  try {
    const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, TEST_STORE: redis.url } })
    const [code] = await once(child, 'close')
    process.exitCode = code ?? 1
  } finally {
    await redis.remove()
  }
}

void run()
