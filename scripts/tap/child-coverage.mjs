// Preloaded by the tests. What the processes that they start cover is measured by Node itself, and only where a test asks
// for it with MEASURED: that costs each process a third of its time, and what tap would preload there as much again.

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import processOnSpawn from 'process-on-spawn'

const folder = join(fileURLToPath(new URL('../..', import.meta.url)), '.tap/coverage')
const isMeasured = process.env['_TAPJS_PROCESSINFO_COVERAGE_'] === '1'

// After tap's own, which puts its options there.
processOnSpawn.addListener((spawned) => {
  const { NODE_OPTIONS = '', MEASURED, ...env } = spawned.env
  const others = NODE_OPTIONS.split(' ').filter((option) => !option.includes('@tapjs/processinfo'))
  const coverage = isMeasured && MEASURED === '1' ? { NODE_V8_COVERAGE: folder } : {}
  spawned.env = { ...env, NODE_OPTIONS: others.join(' '), ...coverage }
})
