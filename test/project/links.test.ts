import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import t from 'tap'
import manifest from '../../package.json'
import { anchors, type Document, links, nodes, parseDocument } from '../../scripts/docs/markdown'
import { documents, root } from '../support/documents'

const isOutside = (url: string) => /^[a-z][a-z\d+.-]*:|^\/\//i.test(url)

/** The file that a link of a document points at, relative to the root, and the heading there. */
function targetOf({ file }: Document, url: string): { target: string; anchor: string } {
  const [path = '', anchor = ''] = url.split('#')
  return { target: path === '' ? file : posix.join(posix.dirname(file), decodeURI(path)), anchor }
}

/** Why the links of `document` lead nowhere, a sentence each. */
function brokenLinks(document: Document, all: readonly Document[]): string[] {
  return links(document)
    .filter(({ url }) => !isOutside(url))
    .flatMap(({ url, line }) => {
      const place = `${document.file}:${String(line)}: ${url}`
      const { target, anchor } = targetOf(document, url)
      if (target.startsWith('..') || !existsSync(join(root, target))) return [`${place}: there is no ${target}`]
      const pointedAt = all.find(({ file }) => file === target)
      if (anchor === '' || (pointedAt && anchors(pointedAt).includes(anchor))) return []
      return [`${place}: ${target} has no heading #${anchor}`]
    })
}

/** The documents that links lead to from the README and the table of contents, themselves included. */
function reachable(all: readonly Document[]): Set<string> {
  const found = new Set(['README.md', 'docs/README.md'])
  // What is added on the way is visited too.
  for (const file of found) {
    const document = all.find((each) => each.file === file)
    if (document === undefined) continue
    for (const { url } of links(document)) if (!isOutside(url)) found.add(targetOf(document, url).target)
  }
  return found
}

t.test('every link in the documents leads to a file and to a heading', (t) => {
  const broken = documents.flatMap((document) => brokenLinks(document, documents))
  t.strictSame(broken, [])
  t.ok(documents.flatMap(links).length > 20)
  t.end()
})

t.test('every document can be reached from the README or from the contents of docs', (t) => {
  const found = reachable(documents)
  // What a forge shows by itself, in the places where it looks.
  const unlinked = documents.filter(({ file }) => !file.startsWith('.github/') && !found.has(file))
  t.strictSame(
    unlinked.map(({ file }) => file),
    [],
  )
  t.end()
})

t.test('the README is short enough to be read: at most 150 lines', (t) => {
  const { length } = readFileSync(join(root, 'README.md'), 'utf8').trimEnd().split('\n')
  t.ok(length <= 150, String(length))
  t.end()
})

/** Commands of npm itself. */
const ofNpm = new Set(['ci', 'install', 'pack'])

/** A path in the repository, as texts name it. */
const path =
  /(?<![\w./@-])(?:src|schemas|test|scripts|bench|docs|deploy|examples|\.ci|\.github)\/[\w./-]*[\w/]|(?<![\w./@-])[A-Z]{4,}\.md\b/g

t.test('every file that a document names in code is there, and every npm script', (t) => {
  for (const document of documents) {
    // The changelog tells of files of its time.
    if (document.file === 'CHANGELOG.md') continue
    for (const { value = '', position } of [...nodes(document, 'inlineCode'), ...nodes(document, 'code')]) {
      const place = `${document.file}:${String(position.start.line)}`
      for (const [name] of value.matchAll(path)) t.ok(existsSync(join(root, name)), `${place}: ${name}`)
      for (const [command, run, name = ''] of value.matchAll(/\bnpm (run )?([a-z][\w:-]*)/g))
        t.ok(name in manifest.scripts || (run === undefined && ofNpm.has(name)), `${place}: ${command}`)
    }
  }
  t.end()
})

t.test('every test that a document names with --grep is in its file', (t) => {
  let count = 0
  for (const { text } of documents)
    for (const [, file = '', pattern = ''] of text.matchAll(/(test\/\S+\.test\.ts) --grep='([^']+)'/g)) {
      count++
      t.ok(readFileSync(join(root, file), 'utf8').includes(pattern), `${file}: ${pattern}`)
    }
  t.ok(count > 0)
  t.end()
})

t.test('links that lead nowhere are found', (t) => {
  const text = [
    '# Some heading, `code` & more\n\n## Twice\n\n## Twice\n',
    '[right](#some-heading-code--more) [again](#twice-1) [outside](https://example.com/#x) [itself](some.md)\n',
    '[wrong](#twice-2) ![picture](none.png) [file](docs/none.md#x)\n\n[defined]: ../outside.md\n',
    '`[code](none.md)`\n',
  ].join('\n')
  const document = parseDocument('README.md', text.replace('some.md', 'README.md'))
  t.strictSame(brokenLinks(document, [document]), [
    'README.md:9: #twice-2: README.md has no heading #twice-2',
    'README.md:9: none.png: there is no none.png',
    'README.md:9: docs/none.md#x: there is no docs/none.md',
    'README.md:11: ../outside.md: there is no ../outside.md',
  ])
  const lone = parseDocument('docs/lone.md', '# Lone\n')
  t.notOk(reachable([document, lone]).has('docs/lone.md'))
  t.end()
})
