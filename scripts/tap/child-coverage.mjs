// Preloaded by the tests. What the processes that they start cover is measured by Node itself: what tap would preload
// there for that doubles the time that each needs to start. It still costs each a third of its time, so a test whose
// processes cover nothing of their own starts them with an empty NODE_V8_COVERAGE.

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import processOnSpawn from 'process-on-spawn'

const folder = join(fileURLToPath(new URL('../..', import.meta.url)), '.tap/coverage')
const isMeasured = process.env._TAPJS_PROCESSINFO_COVERAGE_ === '1'

// After tap's own, which puts its options there.
processOnSpawn.addListener((spawned) => {
  const { NODE_OPTIONS = '', ...env } = spawned.env
  const others = NODE_OPTIONS.split(' ').filter((option) => !option.includes('@tapjs/processinfo'))
  const coverage = isMeasured && env.NODE_V8_COVERAGE !== '' ? { NODE_V8_COVERAGE: folder } : {}
  spawned.env = { ...env, NODE_OPTIONS: others.join(' '), ...coverage }
})
