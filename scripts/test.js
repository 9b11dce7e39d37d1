'use strict'

const { spawnSync } = require('node:child_process')
const { notInstalled, redisServer } = require('./redis-server')

// Full coverage is asked for where all can run.
const left = redisServer === undefined ? ['--allow-incomplete-coverage'] : []
if (left.length > 0) console.log(`Tests with Redis are left out, and coverage is not judged: ${notInstalled}`)
const { status } = spawnSync('tap', [...left, ...process.argv.slice(2)], { stdio: 'inherit' })
process.exitCode = status ?? 1
