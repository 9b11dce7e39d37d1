'use strict'

const { join } = require('node:path')

/**
 * @typedef {object} ServerKind
 * @property {string} name
 * @property {string} script
 * @property {NodeJS.ProcessEnv} [env]
 */

const sandbox = join(__dirname, '../dist/src/cli.js')

/** @satisfies {Record<string, ServerKind>} */
exports.servers = {
  echo: { name: 'bare echo', script: join(__dirname, 'echo.js') },
  minimal: { name: 'minimal app', script: join(__dirname, 'minimal-app.js') },
  standard: { name: 'sandbox', script: sandbox },
  warn: { name: 'sandbox, LOG_LEVEL=warn', script: sandbox, env: { LOG_LEVEL: 'warn' } },
}
