#!/usr/bin/env node
'use strict'
// Bundles the inspector's page, so that the published package needs none of its libraries at run time.
const { copyFileSync, mkdirSync, readFileSync } = require('node:fs')
const { join } = require('node:path')
const { gzipSync } = require('node:zlib')
const { build } = require('esbuild')

const from = join(__dirname, '../src/inspector')
const to = process.argv[2] ?? join(__dirname, '../dist/inspector')

async function buildInspector() {
  mkdirSync(to, { recursive: true })
  await build({
    entryPoints: { app: join(from, 'main.tsx') },
    outdir: to,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    logLevel: 'warning',
  })
  copyFileSync(join(from, 'index.html'), join(to, 'index.html'))
  const sizes = ['app.js', 'app.css'].map((file) => `${file} ${size(join(to, file))} kB`)
  console.log(`inspector: ${sizes.join(', ')} gzipped`)
}

const size = (/** @type {string} */ file) => (gzipSync(readFileSync(file)).length / 1000).toFixed(1)

buildInspector().catch(() => {
  process.exitCode = 1
})
