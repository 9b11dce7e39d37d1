import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the build puts files for browsers: beside the bundle; and seen from the sources, and from `build`. */
const folders = ['.', '../../dist', '../../../dist'].map((path) => join(__dirname, path))

const texts = new Map<string, string>()

/** The text of `dist/<path>`, read when it's first asked for: most runs never open a page. */
export function builtFile(path: string): string {
  const [found = path] = folders.map((folder) => join(folder, path)).filter(existsSync)
  const text = texts.get(found) ?? readFileSync(found, 'utf8')
  texts.set(found, text)
  return text
}
