'use strict'

// Runs a test of the judge with all checks or probes for each flaw, of which only the expected ones may fail: `npm test`
// runs only those concerned. `verify-differences` takes a minute, `provider` two, mostly waiting.

const { spawnSync } = require('node:child_process')
const { join } = require('node:path')

const test = process.argv[2] ?? ''

const { status } = spawnSync(
  process.execPath,
  [
    '--enable-source-maps',
    '--import=./scripts/tap/compiled-once.mjs',
    '--import=./scripts/tap/one-domain.cjs',
    `test/judge/${test}.test.ts`,
  ],
  { cwd: join(__dirname, '../..'), env: { ...process.env, EVERY_CHECK: 'on', TAP_TIMEOUT: '480' }, stdio: 'inherit' },
)
process.exitCode = status ?? 1
