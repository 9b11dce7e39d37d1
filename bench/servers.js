'use strict'

const { join } = require('node:path')

/**
 * @typedef {object} ServerKind
 * @property {string} name
 * @property {string} script
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [keepsState] Whether each start has a new state file.
 */

const sandbox = join(__dirname, '../dist/cli.js')

/** @satisfies {Record<string, ServerKind>} */
exports.servers = {
  echo: { name: 'bare echo', script: join(__dirname, 'echo.js') },
  minimal: { name: 'minimal app', script: join(__dirname, 'minimal-app.js') },
  logged: { name: "minimal app with Fastify's log", script: join(__dirname, 'minimal-app.js'), env: { LOGGED: '1' } },
  standard: { name: 'sandbox', script: sandbox },
  noJournal: { name: 'sandbox, no journal', script: sandbox, env: { SANDBOX_JOURNAL_SIZE: '0' } },
  webhooks: {
    name: 'sandbox, webhook to a receiver that is down',
    script: sandbox,
    // The discard port, where nothing listens.
    env: { SANDBOX_WEBHOOKS: 'http://127.0.0.1:9/down' },
  },
  stateFile: { name: 'sandbox with a state file', script: sandbox, keepsState: true },
  warn: { name: 'sandbox, LOG_LEVEL=warn', script: sandbox, env: { LOG_LEVEL: 'warn' } },
}
