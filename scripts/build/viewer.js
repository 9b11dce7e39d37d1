'use strict'

const { cpSync, existsSync, mkdirSync, readFileSync } = require('node:fs')
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
  const notices = join(__dirname, `swagger-ui-${version}.txt`)
  if (!existsSync(notices))
    throw new Error(
      `Swagger UI is ${version} now: take its NOTICE and swagger-ui-bundle.js.LICENSE.txt into ${notices}.`,
    )
  // The package that has them reports each of its installations to somebody, so that it can't be a dependency.
  const licence = readFileSync(join(packages, 'typescript/LICENSE.txt'), 'utf8').trim()
  const text = `${licence}\n\n${readFileSync(notices, 'utf8').trim()}`
  return { name: 'swagger-ui-dist', version: String(version), licence: 'Apache-2.0', text }
}
