'use strict'

/**
 * @typedef {object} Row What keeps a sandbox busy.
 * @property {NodeJS.ProcessEnv} [env]
 * @property {(caller: ReturnType<typeof import('./caller').callerOf>) => Promise<unknown>} [prepare] Before anybody looks.
 * @property {(caller: ReturnType<typeof import('./caller').callerOf>, prepared: any) => Promise<unknown>} run
 */

/** @type {Record<string, Row>} */
exports.rows = {
  ...require('./bodies').rows,
  ...require('./journals').rows,
  ...require('./states').rows,
  ...require('./crowds').rows,
}
