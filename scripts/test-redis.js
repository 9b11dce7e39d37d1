'use strict'

// Runs tests with their sandboxes in Redis instead of memory: the given files, or by default all files that get every
// sandbox from a helper that follows TEST_STORE and start nothing else. Tests that bring a Redis, a browser or processes
// of their own do the same with either store, and so do those of the project and its reference.

const { spawn } = require('node:child_process')
const { once } = require('node:events')
const { readFileSync } = require('node:fs')
const { join, resolve } = require('node:path')
const { quickFolder, startRedis } = require('./redis-server')
const { testFiles, together } = require('./tap/together')

const root = resolve(__dirname, '..')

const followsTestStore = /\b(sandboxFor|bothWays)\b/
const startsMore = /from '\.\.\/support\/(chromium|command-line|nginx|redis)'/

/** @param {string} file */
function canBeInRedis(file) {
  if (/^test\/(project|reference)\//.test(file)) return false
  const text = readFileSync(join(root, file), 'utf8')
  return followsTestStore.test(text) && !startsMore.test(text)
}

async function run() {
  const given = process.argv.slice(2)
  const files = given.length > 0 ? given : together(testFiles().filter(canBeInRedis))
  const redis = await startRedis({ parentFolder: quickFolder() })
  try {
    const tap = join(root, 'node_modules/.bin/tap')
    const child = spawn(process.execPath, [tap, '--disable-coverage', '--jobs=2', ...files], {
      stdio: 'inherit',
      env: { ...process.env, TEST_STORE: redis.url },
    })
    const [code] = await once(child, 'close')
    process.exitCode = code ?? 1
  } finally {
    await redis.remove()
  }
}

void run()
