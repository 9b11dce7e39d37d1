'use strict'

// Builds the sandbox, or says what keeps it from being built. Nothing goes to stdout: that is the sandbox's own.

const { execSync } = require('node:child_process')
const { existsSync } = require('node:fs')
const { join } = require('node:path')

const root = join(__dirname, '..')
const isInstalled = (/** @type {string} */ name) => existsSync(join(root, 'node_modules', name))

if (!['typescript7', 'esbuild', 'preact'].every(isInstalled)) {
  console.error(
    'The sandbox cannot be built, because the tools for that are not installed: run `npm ci --include=dev`.',
  )
  process.exit(1)
}
try {
  execSync('npm run --silent build', { cwd: root, stdio: ['ignore', 2, 2] })
} catch {
  // What is wrong has been written.
  process.exit(1)
}
