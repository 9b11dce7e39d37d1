'use strict'

// A process of its own costs a test file a second or two of loading, which is more than many need for their tests. So
// files that start nothing of their own are run together, in a few processes.

const { mkdirSync, readFileSync, readdirSync, writeFileSync } = require('node:fs')
const { join, resolve } = require('node:path')

const root = resolve(__dirname, '../..')
const folder = join(root, '.tap/together')
const groups = 6

/** What a file imports that starts processes, or stands in for the process. */
const ownProcess = /from '(node:child_process|node:worker_threads|\.\.\/support\/(command-line|chromium|nginx|redis))'/
/** What a file sets up for all tests of its process. */
const ownSetUp = /^t\.(jobs|before|after|beforeEach|afterEach|teardown)\b/m

/** @param {string} file */
function canShare(file) {
  const text = readFileSync(file, 'utf8')
  return !ownProcess.test(text) && !ownSetUp.test(text)
}

/**
 * What to give to tap in place of `files`: those that need a process of their own, and one file for each few of the others.
 *
 * @param {string[]} files Default: all test files.
 */
exports.together = function (files = testFiles()) {
  const sharing = files.filter(canShare)
  if (sharing.length <= groups) return files
  mkdirSync(folder, { recursive: true })
  // The longest first, each to the group that has the least.
  const lengths = new Map(sharing.map((file) => [file, readFileSync(file).length]))
  const length = (/** @type {string} */ file) => lengths.get(file) ?? 0
  const grouped = Array.from({ length: groups }, () => ({ files: /** @type {string[]} */ ([]), length: 0 }))
  for (const file of sharing.toSorted((a, b) => length(b) - length(a))) {
    const least = grouped.reduce((a, b) => (b.length < a.length ? b : a))
    least.files.push(file)
    least.length += length(file)
  }
  const written = grouped.map(({ files }, index) => {
    const name = join(folder, `${index + 1}.cjs`)
    const loading = files.map((file) => `t.comment(${text(file)})\nrequire(${text(resolve(root, file))})\n`)
    writeFileSync(name, `const t = require('tap')\n${loading.join('')}`)
    return name
  })
  return [...written, ...files.filter((file) => !sharing.includes(file))]
}

const text = (/** @type {string} */ value) => JSON.stringify(value)

/** All test files. */
exports.testFiles = testFiles

function testFiles() {
  return readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `test/${name}`)
    .toSorted()
}
