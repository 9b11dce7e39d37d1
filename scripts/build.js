'use strict'

// Builds the sandbox, or says why it can't. Writes nothing to stdout, which is for the sandbox's own output.

const { execSync } = require('node:child_process')
const { existsSync } = require('node:fs')
const { join } = require('node:path')

const root = join(__dirname, '..')
const isInstalled = (/** @type {string} */ name) => existsSync(join(root, 'node_modules', name))

if (!['typescript7', 'esbuild', 'preact'].every(isInstalled)) {
  console.error('Cannot build the sandbox, because its build tools are not installed: run `npm ci --include=dev`.')
  process.exit(1)
}
try {
  execSync('npm run --silent build', { cwd: root, stdio: ['ignore', 2, 2] })
} catch {
  // The build has already printed its errors.
  process.exit(1)
}
