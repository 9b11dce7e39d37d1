// Preloaded by the tests, which are TypeScript. What a text is compiled to is kept under its hash, so that each is compiled
// once, and not in every process of every run: those that find all there do not even load the compiler.

import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import Module, { createRequire, register } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, 'node_modules/.cache/compiled-once')
const require = createRequire(import.meta.url)

register('./typescript-loader.mjs', import.meta.url)
mkdirSync(folder, { recursive: true })

// @ts-expect-error: not in the types, but how all loaders of TypeScript for CommonJS hook in.
Module._extensions['.ts'] = (
  /** @type {{ _compile: (code: string, fileName: string) => void }} */ module,
  /** @type {string} */ fileName,
) => {
  module._compile(compiled(readFileSync(fileName, 'utf8'), fileName), fileName)
}

/** @param {string} text @param {string} fileName */
function compiled(text, fileName) {
  const kept = join(folder, createHash('sha256').update(`${fileName}\n${text}`).digest('hex'))
  try {
    return readFileSync(kept, 'utf8')
  } catch {
    const code = compile(text, fileName)
    const unfinished = `${kept}.${process.pid}`
    writeFileSync(unfinished, code)
    renameSync(unfinished, kept)
    return code
  }
}

/** @param {string} text @param {string} fileName */
function compile(text, fileName) {
  /** @type {import('typescript')} */
  const ts = require('typescript')
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root)
  const compilerOptions = { ...options, declaration: false, inlineSources: true }
  const { outputText, sourceMapText = '' } = ts.transpileModule(text, { fileName, compilerOptions })
  const map = JSON.stringify({ ...JSON.parse(sourceMapText), sources: [pathToFileURL(fileName)] })
  const comment = `//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}`
  return outputText.replace(/^\/\/# sourceMappingURL=.*$/m, comment)
}
