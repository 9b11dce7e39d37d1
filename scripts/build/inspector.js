'use strict'

const { copyFileSync, readFileSync } = require('node:fs')
const { join } = require('node:path')
const { gzipSync } = require('node:zlib')
const { build } = require('esbuild')

/**
 * Bundles the inspector's page into `dist`. Resolves with the files that went into it.
 *
 * @param {string} root
 * @param {string} dist
 * @returns {Promise<string[]>}
 */
exports.bundleInspector = async function (root, dist) {
  const to = join(dist, 'inspector')
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { app: 'src/inspector/main.tsx' },
    outdir: to,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  })
  copyFileSync(join(root, 'src/inspector/index.html'), join(to, 'index.html'))
  const sizes = ['app.js', 'app.css'].map((file) => `${file} ${size(join(to, file))} kB`)
  console.log(`inspector: ${sizes.join(', ')} gzipped`)
  return Object.keys(metafile.inputs)
}

const size = (/** @type {string} */ file) => (gzipSync(readFileSync(file)).length / 1000).toFixed(1)
