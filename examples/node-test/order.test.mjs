import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { startSandbox } from 'stackone-assessments-sandbox'
import { orderAssessment } from '../client.mjs'

let sandbox
before(async () => {
  sandbox = await startSandbox()
})
after(() => sandbox.close())

test('retries after a 429', async () => {
  const acme = sandbox.account('acme')
  await acme.faults.add({ on: 'orders.create', status: 429, retryAfter: 0, times: 2 })

  const { id } = await orderAssessment({ url: sandbox.url, account: 'acme', order: { job: { title: 'Baker' } } })

  assert.equal((await acme.orders.get(id)).state, 'ordered')
  const { requests } = await acme.requests.list({ operation: 'orders.create' })
  assert.deepEqual(
    requests.map(({ status }) => status),
    [200, 429, 429],
  )
})

test('receives a result', async () => {
  const globex = sandbox.account('globex')
  const yours = createServer().listen(0, '127.0.0.1')
  await once(yours, 'listening')
  const order = { results_update_url: `http://127.0.0.1:${yours.address().port}/results` }
  const { id } = await orderAssessment({ url: sandbox.url, account: 'globex', order })

  await globex.orders.complete(id, { result: 'failed', score: 40 })

  const [request, response] = await once(yours, 'request')
  const { result, score } = await json(request)
  response.end()
  assert.deepEqual([result.value, score.value], ['failed', '40'])
  await globex.deliveries.waitFor({ orderId: id, status: 'delivered' })
  yours.close()
})
