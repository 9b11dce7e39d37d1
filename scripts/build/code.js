'use strict'

const { readFileSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')
const { build } = require('esbuild')
const { precompile } = require('./precompile')

/** Loaded when a store in Redis is asked for; the user installs them. */
const peers = Object.keys(require('../../package.json').peerDependencies)

/**
 * Libraries that few runs load. Each is a file of its own, since even reading what never runs takes a third of the start.
 */
const seldom = [
  '@fastify/ajv-compiler',
  '@fastify/fast-json-stringify-compiler',
  '@fastify/rate-limit',
  '@fastify/swagger',
  'eventsource',
  'pino-pretty',
  'prom-client',
  'qs',
]

/** @param {string} library */
const fileOf = (library) => library.replace('@fastify/', '')

/** The entry points. The names of the exports are written out, since Node has to find them without running anything. */
const index = `'use strict'

const { ControlError, connectSandbox, startSandbox, verifySignature } = require('./sandbox.js').api()
module.exports = { ControlError, connectSandbox, startSandbox, verifySignature }
`
const cli = `#!/usr/bin/env node
'use strict'

// From the second start on, Node need not compile it again.
require('node:module').enableCompileCache?.()
require('./sandbox.js').command()
`

/**
 * Bundles the sandbox into `dist`, with the libraries that it needs. Resolves with the files that went into it.
 *
 * @param {string} root
 * @param {string} dist
 * @returns {Promise<string[]>}
 */
exports.bundleCode = async function (root, dist) {
  const compiled = join(root, 'build/precompiled')
  const names = await precompile(root, compiled)
  const lines = [...names].map(([part, name]) => `  '${part}': () => require('precompiled:${name}')(formats),\n`)
  const precompiled = `const { formats } = require('./src/validation/formats')
exports.precompiled = {\n${lines.join('')}}\n`
  /** @type {import('esbuild').BuildOptions & { metafile: true }} */
  const options = {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: peers,
    // Names are kept for stack traces.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  }
  const own = await build({
    ...options,
    entryPoints: { sandbox: 'src/package.ts' },
    outdir: dist,
    sourcemap: true,
    plugins: [apart, whenUsed, replacing(/src\/validation\/precompiled\.ts$/, precompiled, root)],
  })
  const judge = await build({
    ...options,
    entryPoints: { judge: 'src/judge-package.ts' },
    outdir: dist,
    plugins: [fromSandbox, apart, whenUsed],
  })
  const others = await build({
    ...options,
    entryPoints: Object.fromEntries([
      ...seldom.map((library) => [fileOf(library), library]),
      ...[...names.values()].map((name) => [name, join(compiled, `${name}.js`)]),
    ]),
    outdir: join(dist, 'lib'),
  })
  dropSourcesOfOthers(join(dist, 'sandbox.js.map'))
  writeFileSync(join(dist, 'index.js'), index)
  writeFileSync(join(dist, 'cli.js'), cli, { mode: 0o755 })
  return [own, judge, others].flatMap(({ metafile }) => Object.keys(metafile.inputs))
}

/** Leaves what few runs load in its own file. @type {import('esbuild').Plugin} */
const apart = {
  name: 'apart',
  setup(building) {
    building.onResolve({ filter: /^[@a-z]/ }, ({ path }) =>
      seldom.includes(path) ? { path: `./lib/${fileOf(path)}.js`, external: true } : undefined,
    )
    building.onResolve({ filter: /\/judge-package$/ }, () => ({ path: './judge.js', external: true }))
    building.onResolve({ filter: /^precompiled:/ }, ({ path }) => ({
      path: path.replace('precompiled:', './lib/').concat('.js'),
      external: true,
    }))
  },
}

/** What a file that is bundled takes from the sandbox's own file, so that there is one sandbox. @type {import('esbuild').Plugin} */
const fromSandbox = {
  name: 'from-sandbox',
  setup(building) {
    building.onResolve({ filter: /\/start-sandbox$/ }, () => ({ path: './index.js', external: true }))
  },
}

/** Parts of Node that libraries load at the start, for what the sandbox never or seldom does. */
const late = /^(?:node:)?(?:child_process|http2|https)$/

/** Loads those parts when somebody uses them. @type {import('esbuild').Plugin} */
const whenUsed = {
  name: 'when-used',
  setup(building) {
    building.onResolve({ filter: late }, ({ path, importer }) =>
      importer.includes('node_modules') ? { path, namespace: 'when-used' } : undefined,
    )
    building.onLoad({ filter: late, namespace: 'when-used' }, ({ path }) => ({
      contents: `const get = (_target, name) => name === '__esModule' ? undefined : require(${JSON.stringify(path)})[name]
        module.exports = new Proxy({}, { get })`,
    }))
  },
}

/**
 * Bundles `contents`, as if it were a file in `root`, instead of the file that `filter` describes.
 *
 * @param {RegExp} filter
 * @param {string} contents
 * @param {string} root
 * @returns {import('esbuild').Plugin}
 */
const replacing = (filter, contents, root) => ({
  name: 'replacing',
  setup(building) {
    building.onLoad({ filter }, () => ({ contents, loader: 'js', resolveDir: root }))
  },
})

/**
 * Leaves the text of libraries out of the source map, which is most of it: a stack trace needs their names and lines.
 *
 * @param {string} file
 */
function dropSourcesOfOthers(file) {
  const map = JSON.parse(readFileSync(file, 'utf8'))
  map.sourcesContent = map.sourcesContent.map((/** @type {string} */ text, /** @type {number} */ i) =>
    map.sources[i].includes('node_modules/') ? null : text,
  )
  writeFileSync(file, JSON.stringify(map))
}
