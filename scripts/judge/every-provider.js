'use strict'

// Puts every flawed provider through all checks of `check provider`: only those of its flaw may fail. `npm test` runs only
// the checks concerned. Takes two minutes, mostly waiting.

const { spawnSync } = require('node:child_process')
const { join } = require('node:path')

const { status } = spawnSync(
  process.execPath,
  [
    '--enable-source-maps',
    '--import=./scripts/tap/compiled-once.mjs',
    '--import=./scripts/tap/one-domain.cjs',
    'test/judge/provider.test.ts',
  ],
  { cwd: join(__dirname, '../..'), env: { ...process.env, EVERY_CHECK: 'on', TAP_TIMEOUT: '480' }, stdio: 'inherit' },
)
process.exitCode = status ?? 1
