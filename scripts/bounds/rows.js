'use strict'

/** @typedef {import('./caller').Caller} Caller */

/**
 * @typedef {object} Row What keeps a sandbox busy.
 * @property {NodeJS.ProcessEnv} [env]
 * @property {(caller: Caller) => Promise<unknown>} [prepare] Before anybody looks.
 * @property {(caller: Caller, text: string) => Promise<unknown>} run With the text that `prepare` resolved to, if any.
 */

/** @type {Record<string, Row>} */
exports.rows = {
  ...require('./bodies').rows,
  ...require('./journals').rows,
  ...require('./states').rows,
  ...require('./crowds').rows,
}
