import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, 'node_modules/.cache/compiled-once')
const require = createRequire(import.meta.url)
/** What else affects the compiled code. */
const settings = [join(root, 'tsconfig.json'), fileURLToPath(import.meta.url)].map((name) => readFileSync(name, 'utf8'))

mkdirSync(folder, { recursive: true })

/**
 * The JavaScript of a TypeScript file, cached by the hash of its text. So each text is compiled once rather than in
 * every process of every run, and a process that finds everything cached does not even load the compiler.
 *
 * @param {string} fileName
 */
export function compiled(fileName) {
  const text = readFileSync(fileName, 'utf8')
  const kept = join(
    folder,
    createHash('sha256')
      .update([fileName, text, ...settings].join('\n'))
      .digest('hex'),
  )
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
  /** @type {typeof import('typescript')} */
  const ts = require('typescript')
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root)
  const compilerOptions = { ...options, declaration: false, inlineSources: true }
  const { outputText, sourceMapText = '' } = ts.transpileModule(text, { fileName, compilerOptions })
  const map = JSON.stringify({ ...JSON.parse(sourceMapText), sources: [pathToFileURL(fileName)] })
  const comment = `//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}`
  return outputText.replace(/^\/\/# sourceMappingURL=.*$/m, comment)
}
