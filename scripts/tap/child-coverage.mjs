// Preloaded by the tests. Node itself measures the coverage of child processes, and only where a test asks for it with
// MEASURED, since that makes a process a third slower. What tap would preload there costs as much again.

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import processOnSpawn from 'process-on-spawn'

const folder = join(fileURLToPath(new URL('../..', import.meta.url)), '.tap/coverage')
const isMeasured = process.env['_TAPJS_PROCESSINFO_COVERAGE_'] === '1'

// Runs after tap's own listener, which adds these options.
processOnSpawn.addListener((spawned) => {
  const { NODE_OPTIONS = '', MEASURED, ...env } = spawned.env
  const others = NODE_OPTIONS.split(' ').filter((option) => !option.includes('@tapjs/processinfo'))
  const coverage = isMeasured && MEASURED === '1' ? { NODE_V8_COVERAGE: folder } : {}
  spawned.env = { ...env, NODE_OPTIONS: others.join(' '), ...coverage }
})
