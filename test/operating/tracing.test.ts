import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { json } from 'node:stream/consumers'
import t from 'tap'
import { blocksRunBy } from '../support/documents'
import { listenFor } from '../support/receiver'
import { postOrder } from '../support/sandbox'

interface Span {
  traceId: string
  name: string
  attributes: { key: string; value: Record<string, unknown> }[]
}

interface Exported {
  resourceSpans: { resource: { attributes: Span['attributes'] }; scopeSpans: { spans: Span[] }[] }[]
}

const attributesOf = ({ attributes }: Pick<Span, 'attributes'>) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))

t.test('the recipe for traces exports a span for an order, and none for a test page', async (t) => {
  const [recipe] = blocksRunBy(__filename)
  const folder = t.testdir({ 'tracing.cjs': recipe?.code ?? '' })
  const exported: Exported[] = []
  const collector = createServer((request, response) => {
    void json(request).then((body) => {
      exported.push(body as Exported)
      response.setHeader('content-type', 'application/json').end('{}')
      collector.emit('exported')
    })
  })
  const port = await listenFor(t, collector)

  const child = spawn(process.execPath, [resolve(__dirname, '../../dist/cli.js'), '--port', '0'], {
    cwd: folder,
    env: {
      ...process.env,
      NODE_OPTIONS: '--require ./tracing.cjs',
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${String(port)}`,
      OTEL_BSP_SCHEDULE_DELAY: '20',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  t.teardown(async () => {
    child.kill('SIGTERM')
    await exit
  })
  const [ready] = (await once(createInterface(child.stdout), 'line')) as [string]
  const { url } = JSON.parse(ready) as { url: string }

  const { status, body } = await postOrder(url, {})
  t.equal(status, 200)
  t.equal((await fetch(String(body['test_url']))).status, 200)
  const traceId = '0af7651916cd43dd8448eb211c80319c'
  await postOrder(url, { id: 3 }, { traceparent: `00-${traceId}-b7ad6b7169203331-01` })

  const spans = () =>
    exported
      .flatMap(({ resourceSpans }) => resourceSpans.flatMap(({ scopeSpans }) => scopeSpans))
      .flatMap((each) => each.spans)
  const requests = () => spans().filter(({ name }) => name === 'request')
  while (requests().length < 2) await once(collector, 'exported')
  const [placed, refused] = requests()
  const attributes = { 'http.request.method': 'POST', 'http.route': '/unified/ats/assessments/orders' }
  t.match(attributesOf(placed ?? { attributes: [] }), { ...attributes, 'http.response.status_code': 200 })
  t.match(attributesOf(refused ?? { attributes: [] }), { ...attributes, 'http.response.status_code': 400 })
  t.equal(refused?.traceId, traceId, "it is part of the client's trace")
  t.match(attributesOf(exported[0]?.resourceSpans[0]?.resource ?? { attributes: [] }), {
    'service.name': 'assessments-sandbox',
  })
  t.notMatch(JSON.stringify(exported), String(body['test_url']).split('/').at(-1))
})
