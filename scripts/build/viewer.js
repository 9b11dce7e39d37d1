'use strict'

const { cpSync, mkdirSync, readFileSync } = require('node:fs')
const { join } = require('node:path')

/**
 * Copies the viewer of the API reference into `dist`. Returns what it is, for the list of licences.
 *
 * @param {string} root
 * @param {string} dist
 * @returns {import('./third-party').Package}
 */
exports.copyViewer = function (root, dist) {
  const packages = join(root, 'node_modules')
  const from = join(packages, '@fastify/swagger-ui/static')
  mkdirSync(join(dist, 'docs'), { recursive: true })
  for (const file of ['swagger-ui-bundle.js', 'swagger-ui.css']) cpSync(join(from, file), join(dist, 'docs', file))
  const code = readFileSync(join(from, 'swagger-ui-bundle.js'), 'utf8')
  const version = /PACKAGE_VERSION:"([\d.]+)"/.exec(code)?.[1]
  if (version === undefined) throw new Error('Swagger UI no longer says its version: look for it in the bundle.')
  // Its own copy of the licence is in a package that reports each installation to somebody.
  const text = readFileSync(join(packages, 'typescript/LICENSE.txt'), 'utf8').trim()
  return { name: 'swagger-ui-dist', version, licence: 'Apache-2.0', text }
}
