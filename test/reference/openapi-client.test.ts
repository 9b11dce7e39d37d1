import { symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import t from 'tap'
import ts from 'typescript'
import { basic, sandboxFor } from '../support/sandbox'

/** What a user writes with a client generated from the document. */
const consumer = `import createClient from 'openapi-fetch'
import type { paths } from './sandbox'

const api = '/unified/ats/assessments'

export async function run(baseUrl: string, authorization: string) {
  const client = createClient<paths>({ baseUrl, headers: { authorization } })
  const header = { 'x-account-id': 'acme' }

  const packages = await client.GET(\`\${api}/packages\`, { params: { header, query: { page_size: '1' } } })
  if (packages.error) throw new Error(packages.error.message)
  const [chosen] = packages.data.data

  const ordered = await client.POST(\`\${api}/orders\`, {
    params: { header },
    body: {
      id: 'order-1',
      package: { id: chosen?.id ?? null },
      candidate: { first_name: 'Mia', emails: [{ type: 'personal', value: 'mia@example.com' }] },
      application: { application_status: { value: 'assessment' } },
    },
  })
  if (ordered.error) throw new Error(ordered.error.message)
  const id: string = ordered.data.id ?? ''
  const params = { header, path: { id } }

  const early = await client.GET(\`\${api}/orders/{id}/results\`, { params })
  const read = await client.GET(\`\${api}/orders/{id}\`, { params })
  const finished = await client.POST('/_sandbox/orders/{id}/complete', {
    params: { path: { id }, query: { account: 'acme' } },
    body: { result: 'passed', score: 92 },
  })
  const wrong = await client.GET('/_sandbox/orders/{id}', { params: { path: { id: 'none' } } })
  const results = await client.GET(\`\${api}/orders/{id}/results\`, { params })
  return {
    early: early.error?.message,
    packageId: [chosen?.id, read.data?.data.package?.id],
    candidate: read.data?.data.candidate?.first_name,
    state: finished.data?.state,
    hint: wrong.error?.hint,
    value: results.data?.data.result?.value,
    score: results.data?.data.score?.value,
  }
}
`

/** Mistakes, and what the compiler says about each. */
const mistakes = {
  "first_name: 'Mia'": ['first_name: 3', "Type 'number' is not assignable to type 'string'"],
  'emails: [{ type': ['mails: [{ type', "'mails' does not exist"],
  "value: 'assessment'": ["value: 'dreaming'", `Type '"dreaming"' is not assignable`],
  "const header = { 'x-account-id': 'acme' }": ['const header = {}', `'"x-account-id"' is missing`],
  '`${api}/packages`': ['`${api}/bundles`', 'is not assignable to parameter'],
  'finished.data?.state': ['finished.data?.status', "Property 'status' does not exist"],
} as const

t.test('a client generated from the OpenAPI document by openapi-typescript works', async (t) => {
  const { url } = await sandboxFor(t)
  const folder = t.testdir()
  symlinkSync(resolve(__dirname, '../../node_modules'), join(folder, 'node_modules'))
  // With `require`, TypeScript 7 finds no named exports in its types.
  const { astToString, default: openapiTS } = await import('openapi-typescript')
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as Parameters<typeof openapiTS>[0]
  writeFileSync(join(folder, 'sandbox.d.ts'), astToString(await openapiTS(document)))

  /** Compiles all `texts` in one program, since reading the libraries takes most of the time. */
  const compile = (texts: string[]): string[] => {
    const files = texts.map((text, i) => {
      const file = join(folder, `consumer-${String(i)}.ts`)
      writeFileSync(file, text)
      return file
    })
    const program = ts.createProgram(files, {
      strict: true,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      types: [],
      skipLibCheck: true,
      outDir: folder,
    })
    const found = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics]
    return files.map((name) =>
      found
        .filter(({ file }) => file === undefined || file.fileName === name)
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
        .join('\n'),
    )
  }

  for (const right of Object.keys(mistakes)) t.ok(consumer.includes(right), right)
  const mistaken = Object.entries(mistakes).map(([right, [wrong]]) => consumer.replace(right, wrong))
  const [unmistaken, ...said] = compile([consumer, ...mistaken])
  t.equal(unmistaken, '')
  for (const [i, [wrong, expected]] of Object.values(mistakes).entries()) t.match(said[i], expected, wrong)

  const { run } = createRequire(join(folder, 'index.js'))('./consumer-0.js') as {
    run: (url: string, authorization: string) => Promise<Record<string, unknown> & { packageId: string[] }>
  }
  const { packageId, ...outcome } = await run(url, basic('sandbox'))
  t.strictSame(outcome, {
    early: 'Order order-1 has no result',
    candidate: 'Mia',
    state: 'passed',
    hint: 'Use the id from the answer of POST /orders, with the same x-account-id.',
    value: 'passed',
    score: '92',
  })
  t.match(packageId[0], /^pkg_/)
  t.equal(packageId[0], packageId[1])
})
