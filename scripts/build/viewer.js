'use strict'

const { cpSync, existsSync, mkdirSync, readFileSync } = require('node:fs')
const { join } = require('node:path')
const { gzipSync } = require('node:zlib')
const { build } = require('esbuild')

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
  cpSync(join(from, 'swagger-ui-bundle.js'), join(dist, 'docs/swagger-ui-bundle.js'))
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

/**
 * Bundles what the sandbox shows around the viewer. Its elements are those of the React inside of Swagger UI.
 *
 * @param {string} root
 * @param {string} dist
 */
exports.bundleReferencePage = async function (root, dist) {
  const to = join(dist, 'docs')
  await build({
    absWorkingDir: root,
    entryPoints: { page: 'src/reference-page/main.ts' },
    outdir: to,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
  })
  const sizes = ['swagger-ui-bundle.js', 'page.js', 'page.css'].map((file) => {
    return `${file} ${(gzipSync(readFileSync(join(to, file))).length / 1000).toFixed(1)} kB`
  })
  console.log(`API reference: ${sizes.join(', ')} gzipped`)
}
