// @ts-check
// Testcontainers for Node.js: builds the image from your copy of the sandbox's repository, starts a container of it, and
// controls it from the test. Needs Docker.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { GenericContainer, Wait } from 'testcontainers'
import { connectSandbox } from 'stackone-assessments-sandbox'

/** Where your copy of the repository is. */
const repository = process.env.SANDBOX_REPOSITORY ?? '../stackone-assessments-sandbox'

/** @type {import('testcontainers').StartedTestContainer} */
let container
/** @type {import('stackone-assessments-sandbox').SandboxControl & { readonly url: string }} */
let sandbox
before(async () => {
  // The layers are cached: from the second time on, this takes a second.
  const image = await GenericContainer.fromDockerfile(repository).build('assessments-sandbox', { deleteOnExit: false })
  container = await image
    .withExposedPorts(4600)
    // Other machines may reach the port that Docker publishes.
    .withEnvironment({ SANDBOX_CONTROL_TOKEN: 'local' })
    .withWaitStrategy(Wait.forHttp('/_sandbox/health/ready', 4600))
    .start()
  const url = `http://${container.getHost()}:${container.getMappedPort(4600)}`
  sandbox = connectSandbox(url, { token: 'local' })
})
after(() => container?.stop())

test('a client waits and retries after a 429', async () => {
  const acme = sandbox.account('acme')
  await acme.faults.add({ on: 'orders.create', status: 429, retryAfter: 0 })
  const order = () =>
    fetch(`${sandbox.url}/unified/ats/assessments/orders`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${btoa('sandbox:')}`,
        'x-account-id': 'acme',
        'content-type': 'application/json',
      },
      body: '{"id":"order-1"}',
    })
  assert.equal((await order()).status, 429)
  assert.equal((await order()).status, 200)
  assert.equal((await acme.orders.get('order-1')).state, 'ordered')
})
