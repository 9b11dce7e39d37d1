#!/usr/bin/env node
'use strict'
// Makes the pictures of the inspector and of the API reference for the documents, from the built sandbox with the same data each time.
const { createServer } = require('node:http')
const { mkdirSync } = require('node:fs')
const { join } = require('node:path')
const { chromium } = require('playwright-core')
const { startSandbox } = require('../dist')

const folder = process.argv[2] ?? join(__dirname, '../screenshots')
/** @type {{ name: string, hash: string | ((sandbox: import('../dist').Sandbox) => Promise<string>), open?: string, colorScheme: 'light' | 'dark' }[]} */
const pictures = [
  { name: 'orders', hash: '#/orders/acme/order-2041', colorScheme: 'light' },
  { name: 'requests', hash: '#/requests/3', colorScheme: 'light' },
  { name: 'deliveries', hash: '#/deliveries', open: 'blocked', colorScheme: 'dark' },
  // Last, because it adds orders.
  { name: 'ats', hash: testedApplication, colorScheme: 'light' },
]

main().then(
  () => process.exit(),
  (error) => {
    process.stderr.write(`${error.stack}\n`)
    process.exit(1)
  },
)

async function main() {
  const receiver = await startReceiver()
  const sandbox = await startSandbox({
    port: 4600,
    seed: 'pictures',
    clock: '2026-01-31T09:30:00.000Z',
    callbackTargets: ['127.0.0.1'],
  })
  const { port } = /** @type {import('node:net').AddressInfo} */ (receiver.address())
  await tellStory(sandbox, `http://127.0.0.1:${port}`)

  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  })
  mkdirSync(folder, { recursive: true })
  for (const { name, hash, open, colorScheme } of pictures) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme })
    await page.goto(`${sandbox.url}/_sandbox/ui${typeof hash === 'string' ? hash : await hash(sandbox)}`)
    await page.getByText('Live', { exact: true }).first().waitFor()
    if (open) await page.locator('.rows a', { hasText: open }).first().click()
    await page.locator('.detail-pane article').waitFor()
    await page.screenshot({ path: join(folder, `${name}.png`) })
    process.stdout.write(`${name}.png\n`)
    await page.close()
  }
  await pictureReference(browser, sandbox.url)
  await browser.close()
  await sandbox.close()
  receiver.close()
}

/**
 * The API reference with a call that is refused.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} url
 */
async function pictureReference(browser, url) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'dark' })
  await page.goto(`${url}/docs/#/Assessments/ats_order_assessments_request`)
  await page.getByLabel('Request body').fill('{ "id": 2042, "candidate": { "first_name": "Mia" } }')
  await page.getByRole('button', { name: 'Execute' }).click()
  await page.locator('.live-answer .notice').waitFor()
  await page.locator('.operation .opblock-section-request-body').evaluate((element) => element.scrollIntoView())
  await page.screenshot({ path: join(folder, 'reference.png') })
  process.stdout.write('reference.png\n')
  await page.close()
}

/**
 * An application with a finished test and one that is ordered.
 *
 * @param {import('../dist').Sandbox} sandbox
 */
async function testedApplication(sandbox) {
  const { ats, orders } = sandbox.account('acme')
  const blocked = (await sandbox.webhooks.list()).find(({ url }) => url.startsWith('https:'))
  await sandbox.webhooks.remove(String(blocked?.id))
  const { counts } = await ats.applications.list({ countBy: 'job_id' })
  const [most] = Object.entries(counts ?? {}).sort(([, one], [, other]) => other - one)
  const [job] = most ?? ['']
  const all = await ats.applications.list({ job_id: job })
  const id = String(all.find((each) => each.application_stage?.name === 'Assessment')?.id)
  const finished = await orders.create({ application: { id }, package: { id: 'pkg_typescript_backend' } })
  await sandbox.clock.advance(1_000_000)
  await orders.complete(finished.id, { result: 'passed', score: 92, summary: 'Quick and thorough' })
  await orders.create({ application: { id }, package: { id: 'pkg_sql_queries' } })
  await sandbox.clock.advance(20_000)
  return `#/ats/applications/${encodeURIComponent(id)}?account=acme`
}

/** Fails the first event of each order. */
async function startReceiver() {
  const seen = new Set()
  const server = createServer((request, response) => {
    /** @type {Buffer[]} */
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const { record_id: id } = JSON.parse(Buffer.concat(chunks).toString())
      response.statusCode = id === undefined || seen.has(id) ? 200 : 503
      seen.add(id)
      response.end()
    })
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  return server
}

/**
 * The calls of a client under development.
 *
 * @param {import('../dist').Sandbox} sandbox
 * @param {string} receiver
 */
async function tellStory(sandbox, receiver) {
  const call = (/** @type {object} */ body, account = 'acme', key = 'sandbox') =>
    fetch(`${sandbox.url}/unified/ats/assessments/orders`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
        'x-account-id': account,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    })
  const of = (/** @type {string} */ first_name, /** @type {string} */ last_name) => ({
    first_name,
    last_name,
    emails: [{ type: 'personal', value: `${first_name}.${last_name}@example.com`.toLowerCase() }],
  })
  await sandbox.webhooks.add({ url: `${receiver}/stackone` })
  await sandbox.webhooks.add({ url: 'https://hooks.example.com/stackone' })

  await call({ id: 'order-2038', candidate: of('Noor', 'Haddad') }, 'acme', 'wrong-key')
  await call({ id: 'order-2038', candidate: of('Noor', 'Haddad'), package: { id: 'pkg_sql_queries' } })
  await call({ id: 2039, candidate: { emails: 'tariq.osei@example.com' } })
  await sandbox.clock.advance(95_000)
  await call({ id: 'order-2039', candidate: of('Tariq', 'Osei'), package: { name: 'SQL queries' } })
  await call({ id: 'order-77', candidate: of('Lena', 'Moreau'), package: { name: 'Situational judgement' } }, 'globex')
  await sandbox.faults.add({ on: 'orders.create', status: 429, retryAfter: 1 })
  await call({ id: 'order-2040', candidate: of('Yuki', 'Tanaka') })
  await sandbox.clock.advance(130_000)
  await call({ id: 'order-2040', candidate: of('Yuki', 'Tanaka'), package: { name: 'TypeScript basics' } })
  await call({
    id: 'order-2041',
    candidate: of('Mia', 'Lindqvist'),
    package: { id: 'pkg_typescript_basics', name: 'TypeScript basics' },
    job: { id: 'job_88', title: 'Back-end engineer' },
    results_update_url: `${receiver}/results`,
  })
  await sandbox.clock.advance(60_000)
  await sandbox.account('acme').orders.complete('order-2038', { result: 'failed', score: 41 })
  await sandbox
    .account('acme')
    .orders.complete('order-2041', { result: 'passed', score: 92, summary: 'Quick and thorough' })
  await sandbox.clock.advance(20_000)
}
