'use strict'

// Changes one behaviour of the sandbox after the other, and runs every probe of `verify` against it: only those of that
// behaviour may fail. `npm test` runs only the probes of the groups concerned. Takes a minute.

const { spawnSync } = require('node:child_process')
const { join } = require('node:path')

const { status } = spawnSync(
  process.execPath,
  [
    '--enable-source-maps',
    '--import=./scripts/tap/compiled-once.mjs',
    '--import=./scripts/tap/one-domain.cjs',
    'test/judge/verify-differences.test.ts',
  ],
  { cwd: join(__dirname, '../..'), env: { ...process.env, EVERY_PROBE: 'on', TAP_TIMEOUT: '480' }, stdio: 'inherit' },
)
process.exitCode = status ?? 1
