'use strict'

const { spawnSync } = require('node:child_process')
const { readFileSync } = require('node:fs')
const { join } = require('node:path')
const { notInstalled, redisServer } = require('./redis-server')

const tap = (/** @type {string[]} */ ...args) => spawnSync('tap', args, { stdio: 'inherit' }).status ?? 1
const builtTap = join(__dirname, '../node_modules/@tapjs/test/test-built/dist/commonjs/index.js')

// Freshly installed, tap has its own loader of TypeScript, which is slow; by itself it would notice only after this run.
if (readFileSync(builtTap, 'utf8').includes('@tapjs/typescript')) tap('build')

// Full coverage is asked for where all can run.
const left = redisServer === undefined ? ['--allow-incomplete-coverage'] : []
if (left.length > 0) console.log(`Tests with Redis are left out, and coverage is not judged: ${notInstalled}`)
process.exitCode = tap(...left, ...process.argv.slice(2))
