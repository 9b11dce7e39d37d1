import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import t, { type Test } from 'tap'
import { fullOrder, goodHeaders, sandboxFor } from '../support/sandbox'

const orders = '/unified/ats/assessments/orders'
const packages = '/unified/ats/assessments/packages'

/** What replaces each value of a body, one at a time. */
const wrong = [null, 3, '', 'text', [], {}, true, [3], [null], 'x'.repeat(3_000), '2026-02-30T00:00:00.000Z']

/** `value` with each of its values replaced by each wrong one, one at a time, and with a property that nobody knows. */
function* variants(value: unknown): Generator {
  if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      for (const other of [...wrong, ...variants(inner)])
        yield Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other }
    }
    if (!Array.isArray(value)) yield { ...value, unknown: 1 }
  }
}

const result = {
  results: [],
  score: { label: 'Percentage', value: '87', min: '0', max: '100' },
  start_time: '2026-01-31T09:00:00.000Z',
  submission_time: '2026-01-31T09:40:00.000Z',
  summary: 'Solid',
  result: { value: 'passed', source_value: 'Passed' },
  result_url: 'https://example.com/results/1',
  attachments: [{ url: 'https://example.com/1.pdf', content_type: { value: 'document', source_value: 'PDF' } }],
  candidate: { name: 'Mia Lindqvist', emails: [{ type: 'personal', value: 'mia@example.com' }] },
}

const queries = [
  '',
  '?page_size=2',
  '?page_size=x',
  '?page_size=0',
  '?fields=id,nope',
  '?filter[updated_after]=2026-01-31T00:00:00.000Z',
  '?filter[updated_after]=x',
  '?include_raw=1',
  '?raw=true',
  '?proxy[a]=b',
]

/** Without an id, each is a new order. */
const { id: _id, ...unnamed } = fullOrder

type Call = readonly [method: string, path: string, body?: unknown]

const calls: Call[] = [
  ['POST', orders, fullOrder],
  ['POST', orders, { id: 'order-ü€😀\u0000', passthrough: { deep: [[[1]]] } }],
  ...[...variants(unnamed), ...variants({ id: 'order-1' })].map((body): Call => ['POST', orders, body]),
  ['PATCH', `${orders}/order-2041/result`, result],
  ...[...variants(result)].map((body): Call => ['PATCH', `${orders}/order-2041/result`, body]),
  ...['GET', 'HEAD'].flatMap((method) =>
    [
      `${orders}/order-2041`,
      `${orders}/order-2041/results`,
      `${orders}/none/results`,
      packages,
      `${packages}/pkg_typescript_backend`,
      `${packages}/none`,
    ].flatMap((path) => queries.map((query): Call => [method, path + query])),
  ),
]

const options = { seed: 'spring', clock: '2026-01-31T12:00:00.000Z' }

/** The URL of a sandbox from the published files. Its own process, since coverage can't be read from them. */
async function startPublished(t: Test): Promise<string> {
  const script = `require(${JSON.stringify(resolve(__dirname, '../../dist/index.js'))})
    .startSandbox(${JSON.stringify(options)}).then(({ url }) => console.log(url))`
  const child = spawn(process.execPath, ['--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  t.teardown(() => child.kill())
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string]
  return url
}

/** Status, headers and body of the answer to each call. */
async function answers(sandboxUrl: string) {
  const { 'content-type': contentType, ...withoutBody } = goodHeaders
  const all = []
  for (const [method, path, body] of calls) {
    const response = await fetch(sandboxUrl + path, {
      method,
      headers: body === undefined ? withoutBody : { ...withoutBody, 'content-type': contentType },
      body: body === undefined ? null : JSON.stringify(body),
    })
    const { date, ...headers } = Object.fromEntries(response.headers)
    const text = (await response.text()).replaceAll(sandboxUrl, '')
    all.push({ status: response.status, headers: { ...headers, 'content-length': '' }, text })
  }
  return all
}

t.test('what is published answers every call of the emulated API as the sources do', async (t) => {
  const urls = [(await sandboxFor(t, options)).url, await startPublished(t)]
  const [expected = [], found = []] = await Promise.all(urls.map(answers))
  const statuses = new Set(expected.map(({ status }) => status))
  t.strictSame([...statuses].sort(), [200, 400, 404])
  t.ok(expected.length > 800, String(expected.length))
  const different = expected.findIndex((each, i) => JSON.stringify(each) !== JSON.stringify(found[i]))
  t.strictSame([calls[different], found[different]], [calls[different], expected[different]])
})
