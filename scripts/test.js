'use strict'

// What `npm test` runs: the build, and then the tests, with the linter, the type check and the check of the documents'
// tables beside them. Tests often wait, so these fill a processor that would have nothing to do.

const { spawn } = require('node:child_process')
const { once } = require('node:events')
const { existsSync, readFileSync, rmSync } = require('node:fs')
const { join } = require('node:path')
const { notInstalled, redisServer } = require('./redis-server')
const { failedAssertions } = require('./tap/failed-assertions')
const { together } = require('./tap/together')

const failures = join(__dirname, '../test-failures')

/** @type {{ name: string, seconds: number, isGood: boolean }[]} */
const steps = []

/** In a terminal tap tells itself at the end what failed; elsewhere it prints all that it was told. */
const isTerminal = process.stdout.isTTY === true

/**
 * Runs `command`. Its output is shown as it comes, or when it has failed, if it is to be quiet until then.
 *
 * @param {string} name
 * @param {string[]} command
 * @param {{ isQuiet?: boolean }} [options]
 */
async function step(name, [file = '', ...args], { isQuiet = false } = {}) {
  const start = performance.now()
  const stdio = isTerminal && !isQuiet ? 'inherit' : 'pipe'
  const child = spawn(file, args, { stdio, shell: process.platform === 'win32' })
  /** @type {Buffer[]} */
  const chunks = []
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (/** @type {Buffer} */ chunk) => {
      chunks.push(chunk)
      if (!isQuiet) process.stdout.write(chunk)
    })
  const [code] = await once(child, 'close')
  const isGood = code === 0
  const output = Buffer.concat(chunks).toString()
  steps.push({ name, seconds: (performance.now() - start) / 1000, isGood })
  if (isQuiet && !isGood) process.stdout.write(output)
  return { isGood, output }
}

async function checks() {
  await step('lint', ['npm', 'run', 'lint'], { isQuiet: true })
  await step('types', ['npm', 'run', 'check'], { isQuiet: true })
  await step('documents', ['node', 'scripts/docs.js', '--check'], { isQuiet: true })
}

async function tests() {
  // Freshly installed, tap has its own loader of TypeScript, which is slow; by itself it would notice only after this run.
  const builtTap = join(__dirname, '../node_modules/@tapjs/test/test-built/dist/commonjs/index.js')
  if (readFileSync(builtTap, 'utf8').includes('@tapjs/typescript')) await step('test runner', ['tap', 'build'])

  // Full coverage is asked for where all can run.
  const left = redisServer === undefined ? ['--allow-incomplete-coverage'] : []
  if (left.length > 0) console.log(`Tests with Redis are left out, and coverage is not judged: ${notInstalled}`)
  const args = process.argv.slice(2)
  const { isGood, output } = await step('tests', ['tap', ...left, ...(args.length > 0 ? args : together())])
  return isGood || isTerminal ? [] : failedAssertions(output)
}

async function run() {
  rmSync(failures, { recursive: true, force: true })
  const prepared = await Promise.all([
    step('build', ['npm', 'run', 'build']),
    step('compile', ['node', 'scripts/tap/compile-all.mjs'], { isQuiet: true }),
  ])
  const canTest = prepared.every(({ isGood }) => isGood)
  const [failed = []] = canTest ? await Promise.all([tests(), checks()]) : []
  if (failed.length > 0) console.log(`\n${failed.length} failed:\n\n${failed.join('\n\n')}`)
  console.log('')
  for (const { name, seconds, isGood } of steps)
    console.log(`${name.padEnd(12)}${seconds.toFixed(0).padStart(4)} s  ${isGood ? 'passed' : 'FAILED'}`)
  if (existsSync(failures))
    console.log('What failing tests saw is in test-failures/: the last lines of the log, pages.')
  process.exitCode = steps.every(({ isGood }) => isGood) ? 0 : 1
}

void run()
