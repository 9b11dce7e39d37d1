import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import type { Sandbox, SandboxOptions } from '../../src/index'
import { closeBrowser, pageFor, skip } from '../support/chromium'
import { receiverFor } from '../support/receiver'
import { postOrder, sandboxFor } from '../support/sandbox'
import { until } from '../support/until'

t.teardown(closeBrowser)

async function opened(t: Test, hash: string, options: SandboxOptions = {}) {
  const sandbox = await sandboxFor(t, options)
  return { sandbox, ...(await look(t, sandbox, hash)) }
}

async function look(t: Test, { url }: Sandbox, hash: string) {
  const watched = await pageFor(t)
  await watched.page.goto(`${url}/_sandbox/ui${hash}`)
  return watched
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const rows = (page: Page) => page.locator('.list-pane .rows a')

t.test('a recruiter orders a package for an application, both chosen from lists', { skip }, async (t) => {
  const receiver = await receiverFor(t)
  const { page, sandbox, complaints } = await opened(t, '#/orders?account=globex')
  await sandbox.webhooks.add({ url: receiver.url })
  const [application] = await sandbox.account('globex').ats.applications.list()
  await page.getByRole('link', { name: 'Order as a recruiter' }).first().click()
  t.equal(await page.getByLabel('Account', { exact: true }).last().inputValue(), 'globex')
  await page.getByLabel('Search applications').fill(application?.candidate?.name ?? '')
  await page.locator('.option').first().click()
  await page.getByLabel('Search packages').fill('sql')
  await page.getByRole('radio', { name: 'SQL queries' }).click()
  await button(page, 'Order assessment pkg_sql_queries').click()
  await page.getByRole('link', { name: 'Open the order' }).click()
  await page.locator('ol.timeline').getByText('Webhook: order created · delivered').waitFor()
  const orders = await sandbox.account('globex').orders.list()
  t.match(orders, [{ order: { package: { id: 'pkg_sql_queries' }, candidate: { id: application?.candidate_id } } }])
  t.match((await receiver.all(1))[0]?.json, { event: 'ats_assessments.created' })
  t.strictSame(complaints, [])
})

t.test(
  'the account of a recruiter is changed in the form, and its own applications are offered',
  { skip },
  async (t) => {
    const { page, sandbox } = await opened(t, '#/orders/new', { accounts: ['acme', 'globex'] })
    const [theirs] = await sandbox.account('globex').ats.applications.list()
    await page.locator('.option').first().waitFor()
    await page.getByLabel('Account', { exact: true }).last().fill('globex')
    await page.keyboard.press('Tab')
    await page.getByLabel('Search applications').fill(theirs?.id ?? '')
    await until(async () => (await page.locator('.option').count()) === 1)
    t.match(page.url(), /account=globex/)
  },
)

t.test('webhooks are added, with their events and style, and removed on Deliveries', { skip }, async (t) => {
  const receiver = await receiverFor(t)
  const { page, sandbox, complaints } = await opened(t, '#/deliveries')
  await page.getByRole('link', { name: 'Webhooks (0)' }).click()
  await page.keyboard.press('r')
  await page.getByRole('textbox', { name: 'URL' }).fill(`${receiver.url}/hook`)
  await page.getByRole('combobox', { name: 'Style' }).selectOption('synthetic')
  await page.getByText('Events (3)').click()
  await page.getByRole('checkbox', { name: 'ats_assessments.deleted' }).click()
  await page.getByRole('checkbox', { name: 'ats_jobs.updated' }).click()
  await button(page, 'Add for all accounts').click()
  await card(page, 'Webhooks').getByText(`${receiver.url}/hook`).first().waitFor()
  t.match(await sandbox.webhooks.list(), [
    { style: 'synthetic', events: ['ats_assessments.created', 'ats_assessments.updated', 'ats_jobs.updated'] },
  ])
  await postOrder(sandbox.url, {})
  t.match((await receiver.all(1))[0]?.json, { event: 'ats_assessments.created' })
  await button(page, `Remove ${receiver.url}/hook`).click()
  await page.getByRole('link', { name: 'Webhooks (0)' }).waitFor()
  t.strictSame(await sandbox.webhooks.list(), [])
  t.strictSame(complaints, [])
})

t.test('presets of faults are added in one click', { skip }, async (t) => {
  const { page, sandbox, complaints } = await opened(t, '#/faults?account=acme')
  for (const name of ['429 twice', 'Flaky', 'Slow', 'Lost answer']) await button(page, `Add ${name}`).click()
  await until(async () => (await sandbox.faults.list()).length === 4)
  const added = await sandbox.faults.list()
  t.strictSame(new Set(added.map(({ account }) => account)), new Set(['acme']))
  const faults = Object.fromEntries(added.map(({ fault }) => [fault.status ?? fault.answer ?? 'delay', fault]))
  t.match(faults, {
    429: { on: 'orders.create', retryAfter: 2, times: 2 },
    502: { every: 3, always: true },
    delay: { delayMs: 3_000, delayToMs: 6_000, always: true },
    'reset-in-body': { on: 'orders.create' },
  })
  await card(page, 'Added faults').getByText('armed').nth(3).waitFor()
  t.strictSame(complaints, [])
})

t.test('demo data is created in one click, from the empty list too', { skip }, async (t) => {
  const { page, sandbox, complaints } = await opened(t, '#/orders?account=acme')
  await button(page, 'Create demo data').click()
  await rows(page).nth(59).waitFor()
  t.equal((await sandbox.account('acme').orders.list({ limit: 100 })).length, 60)
  await page.goto(`${sandbox.url}/_sandbox/ui#/sandbox?account=acme`)
  await button(page, 'Create demo data').click()
  await page.getByText('Sixty orders created.').waitFor()
  t.equal((await sandbox.account('acme').orders.list({ limit: 200 })).length, 120)
  t.strictSame(complaints, [])
})

t.test('a downloaded snapshot is loaded again after a confirmation', { skip }, async (t) => {
  const { page, sandbox, complaints } = await opened(t, '#/sandbox')
  await postOrder(sandbox.url, { id: 'order-1' })
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Download').click()])
  const file = join(t.testdir({}), 'mine.json')
  await download.saveAs(file)
  await sandbox.reset()
  const choose = async () => page.locator('input[type=file]').setInputFiles(file)
  await choose()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('The whole state of the sandbox is replaced by that of the file, which has 1 order.').waitFor()
  t.match(await dialog.getByRole('group').textContent(), /-X PUT .*--data-binary '?@mine\.json/s)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  t.strictSame(await sandbox.orders.list(), [])
  await choose()
  await dialog.getByRole('button', { name: 'Load', exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
  t.match(await sandbox.orders.list(), [{ id: 'order-1' }])
  t.strictSame(complaints, [])
})

t.test('a file that is no snapshot is refused by name, and changes nothing', { skip }, async (t) => {
  const { page, sandbox } = await opened(t, '#/sandbox')
  await postOrder(sandbox.url, { id: 'order-1' })
  const folder = t.testdir({})
  const [text, other] = [join(folder, 'notes.txt'), join(folder, 'other.json')]
  await Promise.all([writeFile(text, 'hello'), writeFile(other, '{"account":"acme"}')])
  await page.locator('input[type=file]').setInputFiles(text)
  await page.getByText('notes.txt is not a snapshot: it has to be a JSON object.').waitFor()
  await page.locator('input[type=file]').setInputFiles(other)
  const dialog = page.getByRole('dialog')
  await dialog.getByText('The state of account acme is replaced by that of the file.').waitFor()
  await dialog.getByRole('button', { name: 'Load', exact: true }).click()
  await dialog.locator('.notice').waitFor()
  t.match(await sandbox.orders.list(), [{ id: 'order-1' }])
})
