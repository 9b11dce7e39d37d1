// Preloaded by the tests, to load TypeScript.

import Module, { register } from 'node:module'
import { compiled } from './compiled.mjs'

register('./typescript-loader.mjs', import.meta.url)

// @ts-expect-error: not in the types, but the hook that all TypeScript loaders for CommonJS use.
Module._extensions['.ts'] = (
  /** @type {{ _compile: (code: string, fileName: string) => void }} */ module,
  /** @type {string} */ fileName,
) => {
  module._compile(compiled(fileName), fileName)
}
