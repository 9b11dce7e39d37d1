import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { startSandbox } from 'stackone-assessments-sandbox'
import { buildApp } from './app.mjs'

let sandbox, app, acme, webhook
const invited = []

before(async () => {
  sandbox = await startSandbox()
  const secrets = { apiKey: 'sandbox', webhookSecret: 'whsec_test', packagesKey: 'packages_test' }
  const invite = async (invitation) => void invited.push(invitation)
  app = buildApp({ serverURL: sandbox.url, ...secrets, publicURL: 'https://tests.example.com', invite })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })

  acme = sandbox.account('acme')
  await acme.packages.setEndpoint({ url: `${url}/packages`, secret: 'whsec_test', auth: 'packages_test' })
  webhook = await acme.webhooks.add({ url: `${url}/stackone`, secret: 'whsec_test' })
})
after(async () => {
  await sandbox.close()
  await app.close()
})
beforeEach(() => {
  invited.length = 0
})

/** The candidate takes the test behind the link. */
const takeTest = ({ url }, score) => app.inject({ method: 'POST', url: new URL(url).pathname, payload: { score } })

test('recruiters see the packages', async () => {
  const { packages, problems } = await acme.packages.fetch()
  assert.deepEqual(problems, [])
  assert.deepEqual(
    packages.map(({ id }) => id),
    ['baking', 'pastry'],
  )
})

test('the key of the packages endpoint is checked', async () => {
  const { url } = await acme.packages.endpoint()
  for (const [auth, expected] of [
    ['wrong', 'the packages endpoint answered 401 instead of 200'],
    ['packages_test:', undefined],
  ]) {
    await acme.packages.setEndpoint({ url, secret: 'whsec_test', auth })
    const { problems } = await acme.packages.fetch()
    assert.equal(problems[0]?.message, expected)
  }
})

test('an order becomes an invitation, and the score a result in the ATS', async () => {
  const { id, order } = await acme.orders.create({ package: { id: 'baking' } })
  await acme.deliveries.waitFor({ orderId: id, event: 'ats_assessments.created', status: 'delivered' })
  const [{ email, job, url }] = invited
  assert.deepEqual([email, job], [order.candidate.emails[0].value, order.job.title])

  assert.equal((await takeTest({ url }, 92)).statusCode, 200)

  const { state, result } = await acme.orders.get(id)
  assert.deepEqual([state, result.score.value], ['passed', '92'])
  const { result_links: links } = await acme.ats.applications.get(order.application.id)
  assert.match(links.at(-1).url, /^https:\/\/tests\.example\.com\/results\//)
  await acme.requests.verifyClean()
})

test('an event that arrives twice invites once', async () => {
  const { id } = await acme.orders.create()
  const filter = { orderId: id, event: 'ats_assessments.created', status: 'delivered' }
  const delivery = await acme.deliveries.waitFor(filter)
  await acme.deliveries.replay(delivery.id)
  await acme.deliveries.waitFor(filter)
  assert.equal((await acme.deliveries.get(delivery.id)).attempts.length, 2)
  assert.equal(invited.length, 1)
})

test('short outages of StackOne go unnoticed', async () => {
  await acme.faults.add({ on: 'candidates.get', status: 503, times: 1 })
  await acme.faults.add({ on: 'jobs.get', status: 429, retryAfter: 0, times: 1 })
  const { id } = await acme.orders.create()
  await acme.deliveries.waitFor({ orderId: id, status: 'delivered' })
  assert.equal(invited.length, 1)
})

test('what StackOne did not sign is refused', async () => {
  await acme.webhooks.update(webhook.id, { secret: 'whsec_wrong' })
  const { id } = await acme.orders.create()
  const { attempts } = await acme.deliveries.waitFor({ orderId: id, status: 'failed' })
  await acme.webhooks.update(webhook.id, { secret: 'whsec_test' })
  assert.equal(attempts[0].status, 401)
  assert.equal(invited.length, 0)

  for (const url of ['/packages', '/stackone'])
    assert.equal((await app.inject({ method: 'POST', url })).statusCode, 401)
})
