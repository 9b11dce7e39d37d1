'use strict'

const { readFileSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')

/**
 * Puts the text for coding agents into `dist`, without the comments that are for the tests of documents.
 *
 * @param {string} root
 * @param {string} dist
 */
exports.copyAgents = function (root, dist) {
  const text = readFileSync(join(root, 'docs/agents.md'), 'utf8')
  writeFileSync(join(dist, 'llms.txt'), text.replaceAll(/^<!--.*-->\n\n/gm, ''))
}
