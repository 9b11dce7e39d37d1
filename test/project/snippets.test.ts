import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { type Block, blocks, tables } from '../../scripts/docs/markdown'
import { documents, root, runBy } from '../support/documents'
import { notInOutput } from '../../scripts/docs/shown-output'
import { fragment, type Ran, snippetsFor } from '../support/snippets'

// Each document has a sandbox and a project of its own, and mostly waits for processes to start.
t.jobs = 3

const runnable = new Set(['sh', 'js', 'ts'])
const outputs = new Set(['', 'json', 'http', 'text'])
const wayOut = 'run it, or put <!-- run by: FILE --> before it'

const place = ({ file, line }: Block) => `${file}:${String(line)}`
/** What the comments before a block say after `name: `. */
const noted = ({ notes }: Block, name: string) =>
  notes.filter((note) => note.startsWith(`${name}: `)).map((note) => note.slice(name.length + 2))

/** Why a run is not what the document says of it. */
function problemsOf(block: Block, { code, stdout, stderr }: Ran): string[] {
  const expected = Number(noted(block, 'fails')[0] ?? 0)
  if (code !== null && code !== expected) return [`exits with ${String(code)}: ${stderr}${stdout}`]
  return noted(block, 'prints').flatMap((text) => notInOutput(text, 'text', stdout))
}

for (const document of documents) {
  const { file } = document
  const all = blocks(document)
  const own = all.filter((block) => runBy(block) === undefined)
  if (own.length === 0) continue

  t.test(`every snippet of ${file} runs, and answers what it shows`, async (t) => {
    const snippets = await snippetsFor(t)
    /** What ran last, as long as blocks that show its output may follow. */
    let last: Ran | undefined
    let section = ''
    for (const block of all) {
      const { language, code } = block
      if (block.section !== section) last = undefined
      section = block.section
      if (!own.includes(block)) last = undefined
      else if (runnable.has(language)) {
        last = await snippets.run(block)
        t.strictSame(problemsOf(block, last), [], place(block))
      } else if (outputs.has(language) && last !== undefined) {
        t.strictSame(notInOutput(code, language, last.stdout), [], place(block))
        for (const [page] of last.stdout.matchAll(/http:\/\/[\w.:]+\/tests\/[\w-]+/g))
          t.equal((await fetch(snippets.here(page))).status, 200, `${place(block)}: ${page} opens`)
      } else if (language === 'mermaid')
        t.strictSame(undeclared(code), [], `${place(block)}: every participant is declared`)
      else t.fail(`${place(block)}: nothing runs this block: ${wayOut}`)
    }
  })
}

/** The participants of a sequence diagram that it does not declare. */
function undeclared(diagram: string): string[] {
  if (!diagram.startsWith('sequenceDiagram')) return []
  const declared = new Set([...diagram.matchAll(/^\s*(?:participant|actor) (\w+)/gm)].map(([, name]) => name))
  const used = [
    ...diagram.matchAll(/^\s*(\w+)\s*-{1,2}>>\s*(\w+)\s*:|^\s*Note (?:over|left of|right of) (\w+)(?:,\s*(\w+))?/gm),
  ]
  return used.flatMap(([, ...names]) => names).filter((name) => Boolean(name) && !declared.has(name))
}

t.test('every block that a document leaves to another test or script is really run there', (t) => {
  let count = 0
  for (const block of documents.flatMap(blocks)) {
    const by = runBy(block)
    if (by === undefined) continue
    count++
    t.strictSame(leftAlone(block, by), [], place(block))
  }
  t.ok(count > 0)
  t.end()
})

/** Why `by` does not run a block: it has neither its first command, nor reads the block, nor names its document. */
function leftAlone(block: Block, by: string): string[] {
  let text
  try {
    text = readFileSync(join(root, by), 'utf8')
  } catch {
    return [`there is no ${by}`]
  }
  const [first = ''] = block.code
    .split('\n')
    .map((line) => line.replace(/\s+#.*|\s*\\$/, '').trim())
    .filter((line) => line !== '' && !/^(#|\/\/)/.test(line))
  const refers = [first, 'blocksRunBy(__filename)', block.file].some((part) => text.includes(part))
  return refers ? [] : [`${by} has neither "${first}" nor blocksRunBy(__filename), and does not name ${block.file}`]
}

t.test('each line in the tables of the documents does what it says', async (t) => {
  let count = 0
  for (const document of documents)
    for (const { rows } of tables(document))
      for (const cell of rows.flat()) {
        const [, line] = /^`(await [^`]+)`/.exec(cell) ?? []
        if (line === undefined) continue
        count++
        t.match(await fragment(t, line), { code: 0, stderr: '' }, line)
      }
  t.ok(count > 15)
})

t.test('what a document shows and the sandbox does not answer is found', (t) => {
  const output =
    'HTTP/1.1 200 OK\r\nx-sandbox-hint: body/id is wrong\r\n\r\n{"id":"order-1","data":[{"ms":12}],"next":null}'
  const problems = (shown: string, language = '') => notInOutput(shown, language, output).length
  t.equal(problems('HTTP/1.1 200 OK\nx-sandbox-hint: … wrong\n\n{"id":"order-1", …}'), 0)
  t.equal(problems('HTTP/1.1 404 Not Found'), 1)
  t.equal(problems('x-sandbox-hint: … right'), 1)
  t.equal(problems('{ "id": "order-1", "data": [{ "ms": 3 }], "next": null }', 'json'), 0)
  t.equal(problems('{ "id": "order-1", … }', 'json'), 0)
  t.equal(problems('{ …, "id": "order-…", "data": [ … ] }', 'json'), 0)
  t.equal(problems('{ "id": "order-1", "data": [{ "ms": 3 }] }', 'json'), 1, 'a missing property needs an ellipsis')
  t.equal(problems('{ "id": "order-2", … }', 'json'), 1)
  t.equal(problems('{ "remote_id": "order-1", … }', 'json'), 1)
  t.equal(problems('{ "data": { "0": { "ms": 3 } }, … }', 'json'), 1, 'an array is not an object')
  t.equal(notInOutput('{"a":1}', 'json', 'none').length, 1)
  t.end()
})
