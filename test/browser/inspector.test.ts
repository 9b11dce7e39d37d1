import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { type IncomingMessage, request, type RequestOptions } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { source as axe } from 'axe-core'
import type { BrowserContextOptions, Page } from 'playwright-core'
import t, { type Test } from 'tap'
import type { Sandbox, SandboxOptions } from '../../src/index'
import { passesAxe } from '../support/axe'
import { closeBrowser, pageFor, skip } from '../support/chromium'
import { receiverFor } from '../support/receiver'
import { fullOrder, postOrder, sandboxFor } from '../support/sandbox'
import { until } from '../support/until'

t.teardown(closeBrowser)

const noon = '2026-01-31T12:00:00.000Z'
const views = ['Orders', 'Requests', 'Deliveries', 'Faults', 'Sandbox']

/** Opens the inspector of a new sandbox in its own browser window. */
async function opened(t: Test, options: SandboxOptions = {}, browser: BrowserContextOptions = {}) {
  const sandbox = await sandboxFor(t, options)
  return { sandbox, ...(await look(t, sandbox, '', browser)) }
}

async function look(t: Test, { url }: Sandbox, hash = '', browser: BrowserContextOptions = {}) {
  const watched = await pageFor(t, browser)
  await watched.page.goto(`${url}/${hash}`)
  return watched
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const status = (page: Page) => page.getByRole('banner').getByRole('status')
const isLive = (page: Page) => status(page).getByText('Live', { exact: true }).waitFor()
const view = (page: Page, name: string) => page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name })
/** The rows of the list, from the top. */
const rows = (page: Page) => page.locator('.list-pane .rows a')
const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

/** Sends a request with its path unchanged; `fetch` would normalise it. */
async function send(url: string, options: RequestOptions, body = ''): Promise<void> {
  const sending = request(url, { ...options, agent: false }).end(body)
  const [response] = (await once(sending, 'response')) as [IncomingMessage]
  await once(response.resume(), 'end')
}

/** Runs the curl that the page labels `name`, as if pasted into a shell. */
async function paste(page: Page, name: string) {
  const curl = await page.getByRole('group', { name, exact: true }).first().textContent()
  const { stdout } = await promisify(execFile)('sh', ['-c', `${curl ?? ''} --silent --show-error --fail-with-body`])
  return stdout
}

t.test('the empty inspector shows how to order', { skip }, async (t) => {
  const { page, requested, complaints, sandbox } = await opened(t)
  await page.getByRole('heading', { name: 'No orders yet' }).waitFor()
  t.equal(page.url(), `${sandbox.url}/_sandbox/ui`)
  t.match(await page.title(), /^Orders/)
  await paste(page, 'curl command')
  await rows(page).getByText('Mia Lindqvist').waitFor()
  t.strictSame(
    await sandbox
      .account('acme')
      .orders.list({ search: 'mia lindqvist ordered' })
      .then(({ length }) => length),
    1,
  )
  for (const name of ['Deliveries', 'Faults']) {
    await view(page, name).click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
    await paste(page, 'curl command')
  }
  await page.getByRole('main').getByText('armed').waitFor()
  t.equal((await sandbox.webhooks.list()).length, 1)
  t.match(await sandbox.faults.list(), [{ fault: { status: 429 } }])
  t.strictSame(
    requested.filter((url) => !url.startsWith(`${sandbox.url}/`) && !url.startsWith('data:')),
    [],
  )
  t.strictSame(complaints, [])
})

t.test('a new order appears live, and its timeline grows', { skip }, async (t) => {
  const receiver = await receiverFor(t)
  const { page, sandbox, complaints } = await opened(t, { webhooks: [receiver.url] })
  await isLive(page)
  await postOrder(sandbox.url, { ...fullOrder, results_update_url: `${receiver.url}/results` })
  await rows(page).getByText('Mia Lindqvist').click()
  const timeline = page.locator('ol.timeline')
  await timeline.getByText('Order requested').waitFor()
  await timeline.getByText('Webhook: order created · delivered').waitFor()

  const { testUrl } = await sandbox.account('acme').orders.get(fullOrder.id)
  const link = page.getByRole('link', { name: testUrl })
  t.equal(await link.getAttribute('href'), testUrl)
  t.equal(await link.getAttribute('rel'), 'noreferrer')
  const [test] = await Promise.all([page.context().waitForEvent('page'), link.click()])
  await timeline.getByText('Test opened').waitFor()
  await test.getByRole('button', { name: 'Start' }).click()
  await timeline.getByText('Test started').waitFor()
  await rows(page).getByText('in progress').waitFor()
  await test.getByRole('combobox', { name: 'Outcome' }).selectOption('failed')
  await test.locator('.sandbox button').click()
  await timeline.getByText('Result: failed').waitFor()
  const told = (await timeline.locator('li').allTextContents()).join(' ')
  t.match(told, /Order requested.*Test opened.*Test started.*Test submitted.*Result: failed/)
  await timeline.getByText('Result callback · delivered').waitFor()
  await timeline.getByText('Webhook: order updated · delivered').waitFor()
  t.match(await page.getByRole('group', { name: 'Request: body' }).textContent(), '"first_name": "Mia"')
  t.match(await page.getByRole('group', { name: 'Response: body' }).textContent(), testUrl)
  t.strictSame(complaints, [])
})

t.test('the request of an order, copied as curl, repeats the order', { skip }, async (t) => {
  const { page, sandbox } = await opened(t, {}, { permissions: ['clipboard-read', 'clipboard-write'] })
  const { body: first } = await postOrder(sandbox.url, { id: "it's", candidate: { first_name: '$(touch x) "' } })
  await rows(page).first().click()
  await button(page, 'Copy as curl').click()
  await page.getByText('Copied').waitFor()
  const curl = await page.evaluate<string>('navigator.clipboard.readText()')
  t.match(curl, /-u sandbox:/)
  const { stdout } = await promisify(execFile)('sh', ['-c', `${curl} --silent`])
  t.strictSame(JSON.parse(stdout), first, 'a repeat gets the same response')
})

t.test('any request, copied as curl, arrives unchanged', { skip }, async (t) => {
  const { page, sandbox } = await opened(t, {}, { permissions: ['clipboard-read', 'clipboard-write'] })
  const headers = { 'x-account-id': 'acme', authorization: 'Basic c2FuZGJveDo=' }
  const orders = '/unified/ats/assessments/orders'
  const sent: [method: string, path: string, headers?: Record<string, string>, body?: string][] = [
    ['GET', '/unified/ats/assessments/packages?proxy[a]={b,c}&filter[updated_after]=2020-01-01T00:00:00Z&x=[1-3]'],
    ['GET', "/unified/ats/assessments/packages/it's!$HOME`id`;%20%5B%C3%A9?a=1&b=%24(x)&c=!!"],
    ['HEAD', '/unified/ats/assessments/packages/{id}'],
    ['POST', orders, { 'content-type': 'application/json' }, '{"id":"a!\\"$HOME`id`","package":{"name":"é\n[x]{y}"}}'],
    ['POST', orders, { 'content-type': 'application/json', 'x-empty': '' }, '@file'],
    ['POST', orders, {}, '{}'],
    ['PATCH', `${orders}/[a]/result`, { 'content-type': 'application/json' }, '{\n"score":{}}'],
    ['DELETE', `${orders}/{a}`],
  ]
  for (const [i, [method, path, more = {}, body]] of sent.entries()) {
    await send(sandbox.url, { method, path, headers: { ...headers, ...more } }, body)
    const id = 2 * i + 1
    await page.goto(`${sandbox.url}/_sandbox/ui#/requests/${String(id)}`)
    await page.locator('.detail-head').waitFor()
    await button(page, 'Copy as curl').click()
    await page.getByText('Copied').waitFor()
    const curl = await page.evaluate<string>('navigator.clipboard.readText()')
    await promisify(execFile)('bash', ['-c', `${curl} --silent`])
    const [first, second] = [await sandbox.requests.get(id), await sandbox.requests.get(id + 1)]
    const asSent = ({ method, path, status, request }: typeof first) => {
      const { 'content-type': type = null, 'x-empty': empty = null } = request.headers
      return { method, path, status, body: request.body, type, empty }
    }
    t.strictSame(asSent(second), asSent(first), curl)
    t.match(first, { method, path })
    await page.goto('about:blank')
  }
})

t.test('an order can be finished with a result, a score and a summary', { skip }, async (t) => {
  const { page, sandbox } = await opened(t)
  await postOrder(sandbox.url, { id: 'order-1' })
  await rows(page).first().click()
  await page.getByRole('combobox', { name: 'Result' }).selectOption('failed')
  await page.getByLabel('Score').fill('41')
  await page.getByLabel('Summary').fill('Needs practice')
  t.match(
    await page.getByRole('group', { name: 'curl: Finish' }).textContent(),
    /orders\/order-1\/complete\?account=acme.*-d '\{"result":"failed","score":41,"summary":"Needs practice"\}'/s,
  )
  await button(page, 'Finish').click()
  await page.locator('ol.timeline').getByText('Result: failed').waitFor()
  t.match(await sandbox.account('acme').orders.get('order-1'), {
    state: 'failed',
    result: { summary: 'Needs practice' },
  })
  await page.getByText('Test finished: failed.').waitFor()
})

t.test('a refused request stands out and has a hint', { skip }, async (t) => {
  const { page, sandbox } = await opened(t)
  await postOrder(sandbox.url, { id: 3 })
  await postOrder(sandbox.url, { id: 'order-1' })
  await view(page, 'Requests').click()
  await rows(page).nth(1).waitFor()
  t.match(
    await rows(page).nth(1).textContent(),
    /POST \/unified\/ats\/assessments\/orders.*error: 400.*body\/id looks like "/,
  )
  t.notMatch(await rows(page).nth(0).textContent(), /error/)
  t.match(await view(page, 'Requests').textContent(), /1 error/)
  await button(page, 'Errors (1)').click()
  await until(async () => (await rows(page).count()) === 1)
  await rows(page).first().click()
  t.match(await page.getByRole('group', { name: 'Response: body' }).textContent(), 'body/id must be string or null')
})

t.test('a request with warnings is amber and lists the likely mistakes', { skip }, async (t) => {
  const { page, sandbox } = await opened(t)
  await postOrder(sandbox.url, { id: 'order-1' })
  await postOrder(sandbox.url, { id: 'order-2', candidate: { firstName: 'Mia' }, Package: {} })
  await view(page, 'Requests').click()
  await rows(page).nth(1).waitFor()
  t.match(await view(page, 'Requests').textContent(), /1 with warnings/)
  t.match(await rows(page).nth(0).textContent(), /with warnings: 200.*did you mean first_name\? \(and 1 more\)/)
  t.match(await rows(page).nth(0).getAttribute('class'), /warned/)
  await button(page, 'Warnings (1)').click()
  await until(async () => (await rows(page).count()) === 1)
  await rows(page).first().click()
  await page.getByText('Accepted, but probably a mistake:').waitFor()
  t.strictSame(await page.locator('.warnings li').allTextContents(), [
    'body/candidate/firstName is not a property that StackOne knows, and is ignored: did you mean first_name?',
    'body/Package is not a property that StackOne knows, and is ignored: did you mean package?',
  ])
  await button(page, 'Errors (0)').click()
  await page.getByText('No errors').waitFor()
})

t.test('a delivery shows each attempt and when the next is due, and can be replayed', { skip }, async (t) => {
  const receiver = await receiverFor(t, (response) => {
    response.statusCode = 503
    response.end('later')
  })
  const { page, sandbox } = await opened(t, {
    clock: noon,
    webhooks: [receiver.url, 'https://hooks.example.com/stackone'],
    callbackTargets: ['127.0.0.1'],
  })
  await postOrder(sandbox.url, { id: 'order-1' })
  await sandbox.deliveries.waitFor({ status: 'blocked' })
  await view(page, 'Deliveries').click()
  await rows(page).getByText('blocked').waitFor()
  await rows(page)
    .getByText(/add it to allow it/)
    .waitFor()
  const pending = rows(page).filter({ hasText: 'pending' })
  await pending.getByText(/next attempt in 1\d s.*answered 503/).waitFor()
  await pending.click()
  await page.getByText('Attempt 1: failed').waitFor()
  await button(page, 'Replay').click()
  await page.getByText('Attempt 2: failed').waitFor()
  t.equal((await receiver.all(2)).length, 2)

  // The targets of a snapshot may be allowed no longer.
  const { deliveries, ...snapshot } = await sandbox.snapshot()
  const [kept] = deliveries.filter(({ status }) => status === 'blocked')
  const attempts = kept?.attempts ?? []
  const refused = attempts.map((attempt) => ({
    ...attempt,
    status: 503,
    error: 'answered 503',
    nextAttemptAt: attempt.at,
  }))
  await sandbox.load({ ...snapshot, deliveries: [{ ...kept, attempts: [...refused, ...attempts] }] })
  await rows(page).getByText('blocked').click()
  await page.getByText('Attempt 1: failed').waitFor()
  await page.getByText('Attempt 2: blocked').waitFor()
})

t.test('an event that no webhook subscribes to says so, and one about no order has no link', { skip }, async (t) => {
  const { page, sandbox } = await opened(t, { clock: noon })
  const { id } = await sandbox.webhooks.add({ url: 'http://127.0.0.1:9/', events: ['ats_jobs.created'] })
  await postOrder(sandbox.url, { id: 'order-1' })
  const reason = 'no webhook of acme subscribes to ats_assessments.created: add it to the events of one'
  await view(page, 'Deliveries').click()
  await rows(page).getByText(reason).waitFor()
  await rows(page).getByText('not-subscribed').click()
  const detail = page.getByRole('article')
  await detail.getByText(reason).waitFor()
  t.equal(await button(page, 'Replay').count(), 0, 'there is nothing to replay')
  await detail.getByRole('link', { name: 'order-1' }).click()
  await page.getByText('Webhook: order created · not-subscribed').waitFor()

  // A record of the ATS, as if it had been created there.
  const { deliveries, ...snapshot } = await sandbox.snapshot()
  const aboutJob = { orderId: null, remoteId: 'ats_jobs-1', event: 'ats_jobs.deleted', payload: '{"record_id":"1"}' }
  await sandbox.load({ ...snapshot, deliveries: [{ ...deliveries[0], ...aboutJob }] })
  await view(page, 'Deliveries').click()
  await rows(page).getByText('Webhook: job deleted').click()
  await detail.getByText(/subscribes to ats_jobs\.deleted/).waitFor()
  t.equal(await detail.getByRole('link').count(), 0)

  await sandbox.webhooks.update(id, { style: 'synthetic' })
  await view(page, 'Deliveries').click()
  await page.getByRole('link', { name: 'Webhooks (1)' }).click()
  await card(page, 'Webhooks').getByText('Synthetic: ats_jobs.created').waitFor()
})

t.test('faults can be added and removed, each with its curl', { skip }, async (t) => {
  const { page, sandbox } = await opened(t)
  await view(page, 'Faults').click()
  await page.getByLabel('Status').selectOption('502')
  await page.getByLabel('How often').selectOption('times')
  await page.getByLabel('n', { exact: true }).fill('3')
  await button(page, 'Add for all accounts').click()
  await page.getByText('Return 502').waitFor()
  t.match(await sandbox.faults.list(), [{ fault: { on: 'orders.create', status: 502, times: 3 } }])
  await postOrder(sandbox.url, {})
  await page.getByText('matched 1 call, applied to 1').waitFor()
  await paste(page, 'curl: Add for all accounts')
  await page.getByText('fault-2').first().waitFor()
  await button(page, 'Remove fault-1').click()
  await page.getByText('fault-1: matched').waitFor({ state: 'detached' })
  await button(page, 'Remove all').click()
  await page.getByRole('heading', { name: 'No faults' }).waitFor()
  t.strictSame(await sandbox.faults.list(), [])
})

t.test('the clock can be frozen, advanced, set and resumed', { skip }, async (t) => {
  const { page, sandbox } = await opened(t)
  await view(page, 'Sandbox').click()
  await button(page, 'Freeze').click()
  await page.getByRole('banner').getByText('frozen').waitFor()
  const { now } = await sandbox.clock.read()
  await button(page, '+ 1 h').click()
  await card(page, 'Clock').getByText('Done.').waitFor()
  t.equal((await sandbox.clock.read()).now, new Date(Date.parse(now) + 3_600_000).toISOString())
  await page.getByLabel('Date and time (with zone)').fill('2027-01-31T09:30:00Z')
  await button(page, 'Set').click()
  await card(page, 'Clock').getByText('31 Jan 2027').waitFor()
  await paste(page, 'curl: Advance')
  await button(page, 'Resume').click()
  await button(page, 'Freeze').waitFor()
  t.notOk((await sandbox.clock.read()).isFrozen)
})

t.test('a snapshot can be downloaded, and a reset asks for confirmation', { skip }, async (t) => {
  const { page, sandbox } = await opened(t)
  await postOrder(sandbox.url, { id: 'order-1' })
  await view(page, 'Sandbox').click()
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Download').click()])
  const snapshot: unknown = JSON.parse(await readFile(await download.path(), 'utf8'))
  t.match(snapshot, { format: 'stackone-assessments-sandbox', orders: [{ id: 'order-1' }] })

  await button(page, 'Reset everything…').click()
  await button(page, 'Cancel').click()
  t.equal((await sandbox.orders.list()).length, 1)
  await button(page, 'Reset everything…').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Reset', exact: true }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  t.strictSame(await sandbox.orders.list(), [])
  await view(page, 'Orders').click()
  await page.getByRole('heading', { name: 'No orders yet' }).waitFor()
})

t.test('a lost connection is shown, and nothing is missed after reconnecting', { skip }, async (t) => {
  const first = await sandboxFor(t)
  const port = Number(new URL(first.url).port)
  const { page } = await look(t, first)
  await isLive(page)
  await postOrder(first.url, { id: 'order-1', candidate: { first_name: 'Mia' } })
  await rows(page).getByText('Mia').waitFor()
  const snapshot = await first.snapshot()
  await first.close()
  await status(page).getByText('Connection lost, reconnecting…').waitFor()
  t.equal(await rows(page).count(), 1, 'the loaded rows stay')

  const again = await sandboxFor(t, { port })
  await again.load(snapshot)
  await postOrder(again.url, { id: 'order-2', candidate: { first_name: 'Noor' } })
  await isLive(page)
  await rows(page).getByText('Noor').waitFor()
  t.equal(await rows(page).count(), 2)
  await postOrder(again.url, { id: 'order-3', candidate: { first_name: 'Tariq' } })
  await rows(page).getByText('Tariq').waitFor()
})

t.test('a state that cannot be saved is shown above every view, until it is saved again', { skip }, async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'state-'))
  t.teardown(() => rm(dir, { recursive: true }))
  const file = join(dir, 'sandbox.state')
  const { page, sandbox } = await opened(t, { state: file })
  await isLive(page)
  t.equal(await page.getByRole('alert').count(), 0)
  await rename(file, `${file}.moved`)
  await sandbox.orders.create()
  const alert = page.getByRole('alert').getByText(`The state is not saved: ${file} was removed`)
  await alert.waitFor()
  await view(page, 'Requests').click()
  await alert.waitFor()
  await page.evaluate(axe)
  const found = await page.evaluate<{ violations: { id: string }[] }>('axe.run()')
  t.strictSame(found.violations, [])
  await rename(`${file}.moved`, file)
  await alert.waitFor({ state: 'detached' })
})

t.test('orders can be filtered by account and found by search', { skip }, async (t) => {
  const { page, sandbox } = await opened(t)
  await postOrder(sandbox.url, { candidate: { first_name: 'Mia' }, package: { name: 'SQL queries' } })
  await postOrder(sandbox.url, { candidate: { first_name: 'Noor' } }, { 'x-account-id': 'globex' })
  await rows(page).nth(1).waitFor()
  const search = page.getByRole('searchbox', { name: 'Search orders' })
  await page.keyboard.press('/')
  await page.keyboard.type('sql MIA')
  await rows(page).nth(1).waitFor({ state: 'detached' })
  t.match(await rows(page).first().textContent(), 'Mia')
  await search.fill('nobody')
  await page.getByRole('heading', { name: 'No matching orders' }).waitFor()
  await search.fill('')
  await rows(page).nth(1).waitFor()
  const account = page.getByRole('combobox', { name: 'Account' })
  await account.fill('globex')
  await account.press('Enter')
  await rows(page).nth(1).waitFor({ state: 'detached' })
  t.match(await rows(page).first().textContent(), 'Noor')
})

t.test(
  'with 10,000 orders and 1,000 requests the newest are listed and the oldest can be found',
  { skip },
  async (t) => {
    const sandbox = await sandboxFor(t, { journalSize: 1000 })
    const acme = sandbox.account('acme')
    for (let i = 1; i <= 10_000; i++)
      await acme.orders.create({ id: `order-${String(i)}`, candidate: { first_name: `Number-${String(i)}-` } })
    for (let i = 0; i < 1_000; i++)
      await postOrder(sandbox.url, { id: 'order-1', candidate: { first_name: String(i) } })
    const { page } = await look(t, sandbox)
    // By key: rows above get their real height only when scrolled into view, which moves the button under the mouse.
    const showMore = () => button(page, 'Show more').press('Enter')
    await page.getByText('10,000 orders', { exact: true }).waitFor()
    await page.getByText('Showing 200 of 10,000 orders.').waitFor()
    t.equal(await rows(page).count(), 200)
    t.match(await rows(page).first().textContent(), 'Number-10000-')
    await showMore()
    await page.getByText('Showing 400 of 10,000 orders.').waitFor()
    await page.getByRole('searchbox', { name: 'Search orders' }).fill('ORDERED number-17-')
    await rows(page).getByText('Number-17-', { exact: true }).waitFor()

    await view(page, 'Requests').click()
    await page.getByRole('heading', { level: 1, name: 'Requests' }).waitFor()
    for (const count of [200, 400, 600, 800, 1_000]) {
      await rows(page)
        .nth(count - 1)
        .waitFor()
      t.equal(await rows(page).count(), count)
      if (count < 1_000) await showMore()
    }
  },
)

t.test('hostile order content neither runs nor breaks the page', { skip }, async (t) => {
  const { page, sandbox, complaints } = await opened(t)
  const hostile = '<img src=x onerror=alert(1)><script>alert(2)</script>"\'`${alert(3)}'
  const texts = [hostile, '\u202Eمرحبا', '🙂'.repeat(50), 'x'.repeat(10_000)]
  for (const [i, text] of texts.entries()) {
    await postOrder(sandbox.url, {
      id: `${String(i)}/${text}`.slice(0, 900),
      candidate: { first_name: text, emails: [{ value: text }] },
      package: { name: text },
      results_update_url: 'javascript:alert(4)',
      passthrough: { text },
    })
  }
  await postOrder(sandbox.url, { candidate: { emails: hostile } }, { 'x-account-id': hostile })
  await rows(page).nth(3).waitFor()
  for (let i = 0; i < texts.length; i++) {
    await rows(page).nth(i).click()
    await page.locator('ol.timeline').getByText('Order requested').waitFor()
    t.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), 'nothing overflows')
  }
  await view(page, 'Requests').click()
  for (let i = 0; i <= texts.length; i++) await rows(page).nth(i).click()
  t.equal(await page.locator('img, main script, [href^="javascript:"]').count(), 0)
  t.strictSame(complaints, [])
})

t.test('with a control token, the inspector asks for it once per tab', { skip }, async (t) => {
  const { page, sandbox } = await opened(t, { controlToken: 'let-me-in' })
  await postOrder(sandbox.url, { candidate: { first_name: 'Mia' } })
  const field = page.getByLabel('Control token')
  await field.fill('wrong')
  await button(page, 'Continue').click()
  await page.getByText('Wrong token').waitFor()
  await field.fill('let-me-in')
  await field.press('Enter')
  await rows(page).getByText('Mia').click()
  await page.locator('ol.timeline').getByText('Order requested').waitFor()
  await page.reload()
  await rows(page).getByText('Mia').waitFor()
  t.notMatch(await page.content(), 'let-me-in')
  await view(page, 'Faults').click()
  await button(page, 'Add for all accounts').click()
  await page.getByText('Return 429').waitFor()
})

t.test('everything can be reached by keyboard', { skip }, async (t) => {
  const { page, sandbox } = await opened(t)
  await postOrder(sandbox.url, { id: 'order-1', candidate: { first_name: 'Mia' } })
  await rows(page).getByText('Mia').waitFor()
  const focused = () => page.evaluate('document.activeElement.textContent || document.activeElement.ariaLabel')
  const tabTo = async (text: RegExp) => {
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab')
      const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')
      t.not(outline, 'none', `${String(await focused())} has visible focus`)
      if (text.test(String(await focused()))) return
    }
    t.fail(`${String(text)} cannot be reached`)
  }
  await tabTo(/^Mia/)
  await page.keyboard.press('Enter')
  await page.locator('ol.timeline').waitFor()
  await tabTo(/^Finish/)
  await page.keyboard.press('Enter')
  await page.locator('ol.timeline').getByText('Result: passed').waitFor()
  await page.keyboard.press('Escape')
  await page.getByText('Select an order').waitFor()
  t.equal((await sandbox.orders.list())[0]?.state, 'passed')
  await page.keyboard.press('Shift+Tab')
})

t.test('axe finds nothing in any view, light or dark, and nothing overflows', { skip }, async (t) => {
  const receiver = await receiverFor(t, (response) => {
    response.statusCode = 503
    response.end()
  })
  const { page, sandbox } = await opened(t, { webhooks: [receiver.url] })
  const check = (what: string) => passesAxe(t, page, what)
  for (const name of views) {
    await view(page, name).click()
    await check(`${name}, empty`)
  }
  await postOrder(sandbox.url, fullOrder)
  await postOrder(sandbox.url, { id: 3 })
  await sandbox.faults.add({ status: 429 })
  await sandbox.deliveries.waitFor({ event: 'ats_assessments.created' })
  for (const name of views) {
    await view(page, name).click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
    if (['Orders', 'Requests', 'Deliveries'].includes(name)) {
      await rows(page).first().click()
      await page.locator('article').waitFor()
    }
    await check(name)
  }
  await page.goto(`${sandbox.url}/_sandbox/ui#/orders/new`)
  await page.locator('.option').first().click()
  await page.getByLabel('Search packages').waitFor()
  await check('Orders, a new one')
  await page.goto(`${sandbox.url}/_sandbox/ui#/deliveries/webhooks`)
  await page.getByText(/^Events \(/).click()
  await check('Deliveries, webhooks')
  await page.goto(`${sandbox.url}/_sandbox/ui#/sandbox`)
  await page.setViewportSize({ width: 1024, height: 900 })
  await button(page, 'Reset everything…').click()
  await check('the reset dialog')
})
