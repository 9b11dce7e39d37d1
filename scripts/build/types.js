'use strict'

const { join } = require('node:path')
const { rollup } = require('rollup')

/**
 * Bundles the types of the package into `dist`, with those of TypeBox, so that they need no other package.
 *
 * @param {string} root
 * @param {string} dist
 */
exports.bundleTypes = async function (root, dist) {
  const { dts } = await import('rollup-plugin-dts')
  for (const [input, output] of /** @type {const} */ ([
    ['index', 'index'],
    ['judge/index', 'judge'],
  ])) {
    const bundle = await rollup({
      input: join(root, `build/src/${input}.d.ts`),
      plugins: [dts({ respectExternal: true })],
      // What is internal is dropped, and with it what it needs of others.
      external: (id) => !/^[./]/.test(id) && !id.startsWith('@sinclair/typebox'),
      treeshake: { moduleSideEffects: false },
    })
    await bundle.write({ file: join(dist, `${output}.d.ts`) })
  }
}
