'use strict'

const { createHash } = require('node:crypto')
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')
const ts = require('typescript')

const folder = join(__dirname, '../node_modules/.cache/transpile-once')

/**
 * For the loader of the tests, which translates every file in each of their processes otherwise: that took a third of
 * their time. What TypeScript makes of a text is kept, by all that it depends on.
 *
 * @param {{ service: { config: { options: import('typescript').CompilerOptions } }, nodeModuleEmitKind?: string }} options
 */
exports.create = function ({ service, nodeModuleEmitKind }) {
  const compilerOptions = { ...service.config.options, sourceMap: true, inlineSourceMap: false }
  const context = JSON.stringify([ts.version, compilerOptions, nodeModuleEmitKind])
  mkdirSync(folder, { recursive: true })

  return {
    /** @param {string} text @param {{ fileName: string }} file */
    transpile(text, { fileName }) {
      const kept = join(
        folder,
        createHash('sha256')
          .update(JSON.stringify([context, fileName, text]))
          .digest('hex'),
      )
      try {
        return JSON.parse(readFileSync(kept, 'utf8'))
      } catch {
        const { outputText, sourceMapText } = ts.transpileModule(text, { fileName, compilerOptions })
        const unfinished = `${kept}.${process.pid}`
        writeFileSync(unfinished, JSON.stringify({ outputText, sourceMapText }))
        renameSync(unfinished, kept)
        return { outputText, sourceMapText }
      }
    },
  }
}
