import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import t from 'tap'
import { preProcessFile } from 'typescript'

const root = resolve(__dirname, '../..')

const foundation = [
  'clock',
  'breathe',
  'date-time',
  'defaults',
  'errors',
  'ids',
  'options',
  'real-time',
  'settings',
  'version',
  'warnings',
]

/** The layers from the bottom up, with their files or folders. A file may import its own layer and lower ones. */
const layers: readonly [name: string, ...places: string[]][] = [
  ['schemas'],
  ['pure functions', 'src/pure'],
  ['foundation', ...foundation.map((name) => `src/${name}.ts`)],
  ['validation', 'src/validation'],
  ['accounts', 'src/accounts'],
  ['http', 'src/http'],
  ['store', 'src/store'],
  ['deliveries', 'src/deliveries'],
  ['state file', 'src/state-file'],
  ['telemetry', 'src/telemetry'],
  ['config', 'src/config.ts'],
  ['applicant-tracking system', 'src/ats'],
  ['dependencies', 'src/deps.ts'],
  ['assessments', 'src/assessments', 'src/background-checks'],
  ['provider', 'src/provider'],
  ['control', 'src/control'],
  ['plugins', 'src/plugins'],
  ['routes', 'src/routes'],
  ['app', 'src/app.ts'],
  ['compose', 'src/compose'],
  ['start', 'src/start-sandbox.ts'],
  ['judge', 'src/judge'],
  ['entry points', 'src/index.ts', 'src/cli.ts', 'src/cli', 'src/package.ts', 'src/judge-package.ts'],
]

/** Stricter than the order of the layers. */
const only: Record<string, readonly string[]> = {
  // These run in a browser.
  'src/inspector': ['schemas', 'pure functions'],
  'src/reference-page': [],
  'src/plugins': [
    'schemas',
    'pure functions',
    'foundation',
    'validation',
    'accounts',
    'http',
    'store',
    'telemetry',
    'config',
    'dependencies',
  ],
}

const isIn = (file: string, place: string) => file === place || file.startsWith(`${place}/`)

const levelOf = (file: string) =>
  layers.findIndex(([name, ...places]) => (places.length > 0 ? places : [name]).some((place) => isIn(file, place)))

const nameOf = (file: string) => layers[levelOf(file)]?.[0] ?? 'none'

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
    .map((name) => relative(root, resolve(root, dirname(file), name)))
    .map((name) => ['.ts', '.tsx'].map((end) => name + end).find((each) => files.includes(each)) ?? name)
}

t.test('every file in src belongs to a layer and imports only from its own or lower ones', (t) => {
  for (const file of files) {
    const limited = Object.entries(only).find(([place]) => isIn(file, place))
    const level = levelOf(file)
    if (level < 0 && limited === undefined) t.fail(`${file} is in no layer: add it to one in this test`)
    for (const imported of importsOf(file)) {
      if (!imported.endsWith('.ts') && !imported.endsWith('.tsx')) continue
      const isAllowed =
        limited === undefined
          ? levelOf(imported) <= level
          : isIn(imported, limited[0]) || limited[1].includes(nameOf(imported))
      const advice = `move what they share to a lower layer, or inject ${nameOf(imported)} from the composition root`
      if (!isAllowed) t.fail(`${file} (${nameOf(file)}) imports ${imported} (${nameOf(imported)}): ${advice}`)
    }
  }
  t.ok(files.length > 20)
  t.end()
})

t.test('imports never form a cycle', (t) => {
  const state = new Map<string, 'open' | 'done'>()
  const path: string[] = []
  function visit(file: string) {
    if (state.get(file) === 'done') return
    if (state.get(file) === 'open') {
      const cycle = [...path.slice(path.indexOf(file)), file].join('\n  imports ')
      t.fail(`${cycle}\nMove what they share to a file of its own`)
      return
    }
    state.set(file, 'open')
    path.push(file)
    for (const imported of importsOf(file)) visit(imported)
    path.pop()
    state.set(file, 'done')
  }
  for (const file of files) visit(file)
  t.equal(state.size >= files.length, true)
  t.end()
})

t.test('time comes only from the clock, so a seed and a frozen clock make a run repeatable', (t) => {
  // The linter watches timers, random values and ids, but has no rule for this.
  const telling = files.filter(
    (file) => !file.startsWith('src/inspector/') && readFileSync(join(root, file), 'utf8').includes('new Date()'),
  )
  t.strictSame(telling, [])
  t.end()
})

t.test('a plugin is named after its file, so errors and dependencies of plugins lead to it', (t) => {
  const plugins = files.filter((file) => file.startsWith('src/plugins/'))
  const wrapped = plugins.map((file) => [file, readFileSync(join(root, file), 'utf8')] as const)
  const named = wrapped.filter(([, text]) => text.includes('fastify-plugin'))
  t.ok(named.length > 10)
  for (const [file, text] of named) t.match(text, `{ name: '${basename(file, '.ts')}'`, file)
  t.end()
})
