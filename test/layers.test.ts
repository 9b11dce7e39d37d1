import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import t from 'tap'
import { preProcessFile } from 'typescript'

const root = resolve(__dirname, '..')

/** What each layer may import beside itself and the single files of `src`. Data runs one way, so no arrow points back. */
const mayImport: Record<string, string[]> = {
  schemas: [],
  'src/store': ['schemas'],
  'src/validation': ['schemas'],
  'src/callbacks': ['src/store', 'schemas'],
  'src/assessments': ['src/callbacks', 'src/store', 'src/validation', 'schemas'],
  'src/control': ['src/assessments', 'src/callbacks', 'src/store', 'src/validation', 'schemas'],
  'src/routes': ['src/control', 'src/assessments', 'src/store', 'src/validation', 'src/plugins', 'schemas'],
  'src/plugins': ['src/store', 'src/validation', 'schemas'],
  'src/inspector': ['schemas'],
  // What is there before a sandbox is.
  'src/cli': [],
}
/** Single files that compose the rest: nothing below them may reach up. */
const composers = ['src/app.ts', 'src/start-sandbox.ts', 'src/cli.ts', 'src/index.ts']

const layerOf = (file: string) => Object.keys(mayImport).find((layer) => file.startsWith(`${layer}/`))

const files = ['schemas', 'src'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => join(folder, file)),
)

function importsOf(file: string): string[] {
  const { importedFiles } = preProcessFile(readFileSync(join(root, file), 'utf8'), true, true)
  return importedFiles
    .map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => `${relative(root, resolve(root, dirname(file), name))}.ts`)
}

t.test('data runs one way: no import points back', (t) => {
  for (const file of files) {
    const layer = layerOf(file)
    if (layer === undefined) continue
    for (const imported of importsOf(file)) {
      const target = layerOf(imported)
      const isAllowed =
        target === undefined ? layer !== 'schemas' : target === layer || mayImport[layer]?.includes(target)
      t.ok(isAllowed, `${file} imports ${imported}: ${layer} may import ${String(mayImport[layer])} only`)
      t.notOk(composers.includes(imported), `${file} imports ${imported}, which is made of it`)
    }
  }
  t.ok(files.length > 20)
  t.end()
})

t.test('the time comes from the clock alone, so that a seed and a frozen clock make a run repeatable', (t) => {
  // What else the linter watches: timers, random values and ids. It knows no rule for this one.
  for (const file of files)
    if (file !== 'src/clock.ts' && !file.startsWith('src/inspector/'))
      t.notMatch(readFileSync(join(root, file), 'utf8'), /new Date\(\)/, file)
  t.end()
})
