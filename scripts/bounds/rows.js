'use strict'

/** @typedef {import('./caller').Caller} Caller */

/**
 * @typedef {object} Row An input that is meant to keep a sandbox busy.
 * @property {NodeJS.ProcessEnv} [env]
 * @property {(caller: Caller) => Promise<unknown>} [prepare] Not measured.
 * @property {(caller: Caller, text: string) => Promise<unknown>} run `text` is what `prepare` resolved to, if a string.
 */

/** @type {Record<string, Row>} */
exports.rows = {
  ...require('./bodies').rows,
  ...require('./journals').rows,
  ...require('./states').rows,
  ...require('./crowds').rows,
}
