import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { source as axe } from 'axe-core'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { closeBrowser, pageFor, skip } from '../support/chromium'
import { call, postOrder, sandboxFor } from '../support/sandbox'

t.teardown(closeBrowser)

const evil = '</script><img src=x onerror=alert(1)>'

/** The address of a report on disk: an order, one with a warning, a refused one and one of another account. */
async function reportOnDisk(t: Test): Promise<string> {
  const sandbox = await sandboxFor(t)
  await postOrder(sandbox.url, { id: 'order-1', passthrough: { evil } })
  await postOrder(sandbox.url, { id: 'order-2', candidate: { firstName: 'Mia' } })
  await postOrder(sandbox.url, { id: 3 })
  await call(sandbox.url, 'GET', '/packages', undefined, { 'x-account-id': evil })
  const folder = mkdtempSync(join(tmpdir(), 'report-'))
  t.teardown(() => {
    rmSync(folder, { recursive: true })
  })
  const file = join(folder, 'report.html')
  writeFileSync(file, await sandbox.report())
  return pathToFileURL(file).href
}

const shown = (page: Page) => page.locator('#requests > li:visible h3').allTextContents()

t.test('a report opened from disk can be filtered by text, account, refusal and warning', { skip }, async (t) => {
  const address = await reportOnDisk(t)
  const { page, requested, complaints } = await pageFor(t)
  await page.goto(address)
  t.equal((await shown(page)).length, 4)
  await page.getByLabel('Text').fill('MIA')
  t.equal((await shown(page)).length, 1)
  t.equal(await page.locator('#shown').textContent(), '1 of 4 shown')
  await page.getByLabel('Text').fill('')
  await page.getByLabel('Refused').check()
  t.match(await shown(page), [/^400 POST/])
  await page.getByLabel('Refused').uncheck()
  await page.getByLabel('With warnings').check()
  t.match(await shown(page), [/^200 POST/])
  t.match(await page.locator('.warning:visible').textContent(), 'did you mean first_name?')
  await page.getByLabel('With warnings').uncheck()
  await page.getByLabel('Account').selectOption(evil)
  t.match(await shown(page), [/^200 GET/])
  await page.getByLabel('Account').selectOption('All')
  await page.getByText('Request', { exact: true }).first().click()
  t.match(await page.locator('pre:visible').last().textContent(), '\n  "id": "order-1",\n')
  t.strictSame(requested, [address])
  t.strictSame(complaints, [])
})

t.test('a report can be read without JavaScript, and printed', { skip }, async (t) => {
  const { page } = await pageFor(t, { javaScriptEnabled: false })
  await page.goto(await reportOnDisk(t))
  t.equal((await shown(page)).length, 4)
  t.equal(await page.locator('#filter').isVisible(), false)
  await page.getByText('Answer', { exact: true }).first().click()
  t.match(await page.locator('pre:visible').last().textContent(), '"test_url"')
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  t.equal((await shown(page)).length, 4)
  t.equal(await page.locator('details:visible').count(), 1, 'what is open is printed')
})

t.test('the report passes axe in both colour schemes, and fits a phone', { skip }, async (t) => {
  const address = await reportOnDisk(t)
  for (const colorScheme of ['light', 'dark'] as const) {
    // The policy of the page keeps axe out.
    const { page } = await pageFor(t, { colorScheme, viewport: { width: 390, height: 800 }, bypassCSP: true })
    await page.goto(address)
    for (const details of await page.locator('summary').all()) await details.click()
    t.equal(await page.evaluate('document.documentElement.scrollWidth'), 390)
    await page.evaluate(axe)
    const found = await page.evaluate(
      'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))',
    )
    t.strictSame(found, [], colorScheme)
  }
})
