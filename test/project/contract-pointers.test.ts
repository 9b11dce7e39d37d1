import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'

const root = resolve(__dirname, '../..')

const textOf = (file: string) => readFileSync(join(root, file), 'utf8')

const sources = ['src', 'schemas', 'test'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name)),
)

/** The text of a source without the line ends inside of its comments: a pointer may be wrapped. */
const unwrapped = (source: string) => source.replace(/\n\s*(?:\*|\/\/)\s/g, ' ')

t.test('every comment that points at docs/contract.md names one of its headings', (t) => {
  const headings = [...textOf('docs/contract.md').matchAll(/^##+ (.+)$/gm)].map(([, heading]) => heading)
  const pointed = new Set<string>()
  for (const file of sources) {
    const source = unwrapped(textOf(file))
    t.notOk(/\(contract:\s/.test(source), `${file}: say which heading of docs/contract.md is meant`)
    for (const [, names = ''] of source.matchAll(/\(docs\/contract\.md: ([^)\n]+)\)/g))
      for (const name of names.split(', ')) {
        t.ok(headings.includes(name), `${file} points to ${name}, which is not a heading in docs/contract.md`)
        pointed.add(name)
      }
  }
  t.ok(pointed.size > 5)
  t.end()
})
