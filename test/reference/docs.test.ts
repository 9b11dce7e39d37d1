import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import t from 'tap'
import { readOptions } from '../../src/config'
import { runSandbox } from '../../src/start-sandbox'
import { createLogger } from '../../src/telemetry/logger'
import { logStream } from '../support/log-stream'
import { sandboxFor } from '../support/sandbox'

t.test('/docs serves the API reference from local files, under any base path', async (t) => {
  const { url } = await sandboxFor(t)
  const first = await fetch(`${url}/docs`, { redirect: 'manual' })
  t.equal(first.status, 302)
  t.equal(first.headers.get('location'), 'docs/')

  const page = await fetch(`${url}/docs`)
  t.equal(page.status, 200)
  t.equal(page.url, `${url}/docs/`)
  const html = await page.text()
  t.match(html, '<title>API reference: StackOne assessments sandbox</title>')
  const policy = page.headers.get('content-security-policy') ?? ''
  t.match(policy, "default-src 'none'")
  t.notMatch(policy, /unsafe|https?:|\*/)
  t.equal(page.headers.get('x-content-type-options'), 'nosniff')

  const addresses = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address)
  t.equal(addresses.length, 4)
  for (const address of addresses) {
    if (address.startsWith('data:')) continue
    t.match(address, /^\.\/static\//)
    t.equal((await fetch(new URL(address, page.url))).status, 200, address)
  }
  const shown = (await (await fetch(`${url}/docs/json`)).json()) as { servers: { url: string }[] }
  t.equal(shown.servers[0]?.url, '..', 'calls are relative to the page')
})

t.test('/docs shows what /openapi.json describes, with shared responses stated once', async (t) => {
  interface Document {
    paths: Record<string, Record<string, { responses: Record<string, { $ref: string }> }>>
    components: { responses?: Record<string, object>; schemas: object }
  }
  const { url } = await sandboxFor(t)
  const [all, shown] = (await Promise.all(
    ['/openapi.json', '/docs/json'].map(async (path) => (await fetch(url + path)).json()),
  )) as [Document, Document]
  const { responses: shared = {}, ...components } = shown.components
  for (const operation of Object.values(shown.paths).flatMap((methods) => Object.values(methods))) {
    for (const [status, { $ref }] of Object.entries(operation.responses))
      Object.assign(operation.responses, { [status]: shared[$ref.split('/').at(-1) ?? ''] })
  }
  t.strictSame(shown.paths, all.paths)
  t.strictSame(components, all.components)
  const texts = Object.values(shared).map((response) => JSON.stringify(response))
  t.ok(texts.length > 50)
  t.equal(new Set(texts).size, texts.length)
})

t.test('a browser keeps the viewer of the API reference, and asks again for what may change', async (t) => {
  const { url } = await sandboxFor(t)
  const caching = async (path: string) => (await fetch(`${url}/docs/${path}`)).headers.get('cache-control')
  for (const file of ['static/page.css', 'static/page.js', 'static/swagger-ui-bundle.js'])
    t.equal(await caching(file), 'max-age=31536000, immutable')
  for (const file of ['', 'json']) t.equal(await caching(file), 'no-cache')
})

t.test('unknown paths under /docs get the usual 404, and HEAD is answered', async (t) => {
  const { url } = await sandboxFor(t)
  const head = await fetch(`${url}/docs/`, { method: 'HEAD' })
  t.equal(head.status, 200)
  t.equal(await head.text(), '')

  for (const [method, path] of [
    ['GET', '/docs/nope'],
    ['GET', '/docs/static/nope.js'],
    ['POST', '/docs/'],
    ['GET', '/docs/static/%2e%2e%2fpackage.json'],
  ] as const) {
    const response = await fetch(url + path, { method })
    t.equal(response.status, 404, path)
    t.match(await response.json(), { statusCode: 404, errorCode: 'NotFoundError' })
    t.ok(response.headers.get('x-sandbox-hint'))
  }
  const { headers } = await fetch(`${url}/docs/nope`)
  t.match(headers.get('x-sandbox-hint'), /^The API reference is at \/docs\/\. /)
})

t.test('the API reference prefills the default key and no other', async (t) => {
  const hasKey = async (apiKeys?: string[]) => {
    const { url } = await sandboxFor(t, { apiKeys })
    return (await (await fetch(`${url}/docs/`)).text()).includes('name="sandbox-key" content="sandbox"')
  }
  t.equal(await hasKey(), true)
  t.equal(await hasKey(['mine', 'sandbox']), true)
  t.equal(await hasKey(['mine']), false)
  t.equal(await hasKey(['sandbox:with-password']), false)
})

t.test('requests to /docs are logged, but not in the journal', async (t) => {
  const { out, lines } = logStream(t)
  const sandbox = await runSandbox(readOptions({ logLevel: 'info' }), createLogger('info', out))
  for (const path of ['/docs', '/docs/', '/docs/nope'])
    await (await fetch(sandbox.url + path, { redirect: 'manual' })).text()
  t.strictSame((await sandbox.requests.list()).requests, [])
  await sandbox.close()
  t.strictSame(
    lines()
      .filter(({ msg }) => msg === 'request')
      .map(({ path, status }) => [path, status]),
    [
      ['/docs', 302],
      ['/docs/', 200],
      ['/docs/nope', 404],
    ],
  )
})

t.test('a sandbox that has served its API reference closes immediately', async (t) => {
  const sandbox = await sandboxFor(t)
  const asked = new Promise<string>((resolve, reject) => {
    request(`${sandbox.url}/docs/static/swagger-ui-bundle.js`, (response) => {
      text(response).then(resolve, reject)
    })
      .on('error', reject)
      .end()
  })
  t.ok((await asked).length > 1000)
  await sandbox.close()
})

t.test('the API reference is loaded only when somebody asks for it', (t) => {
  const script = `
    const { startSandbox } = require(${JSON.stringify(resolve(__dirname, '../../build/src/index.js'))})
    const loaded = () => Object.keys(require.cache).filter((file) => /@fastify.swagger|docs-viewer/.test(file)).length
    startSandbox().then(async (sandbox) => {
      const before = loaded()
      await fetch(sandbox.url + '/docs/json')
      console.log(before, loaded() > 5)
      await sandbox.close()
    })`
  t.equal(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }), '0 true\n')
  t.end()
})
