import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import type { Sandbox } from '../../src/index'
import { closeBrowser, pageFor, skip } from '../support/chromium'
import { postOrder, sandboxFor } from '../support/sandbox'

t.teardown(closeBrowser)

/** Opens the newest request in the inspector. */
async function openNewest(t: Test, { url }: Sandbox) {
  const watched = await pageFor(t)
  await watched.page.goto(`${url}/_sandbox/ui#/requests`)
  await watched.page.locator('.list-pane .rows a').first().click()
  await watched.page.getByRole('heading', { name: 'Request', exact: true }).waitFor()
  return watched
}

const details = (page: Page) => page.getByRole('region', { name: 'Details' })
const requestBody = (page: Page) => page.getByRole('group', { name: 'Request: body' })

t.test('a refused body shows each wrong place, what was sent, and what is expected', { skip }, async (t) => {
  const sandbox = await sandboxFor(t)
  await postOrder(sandbox.url, { package: [], candidate: { emails: [{ value: 3 }] } })
  const { page, complaints } = await openNewest(t, sandbox)
  const violations = details(page).locator('.violations > li')
  t.equal(await violations.count(), 2)
  const texts = await violations.allTextContents()
  t.match(
    texts.find((text) => text.includes('emails')),
    /^body\/candidate\/emails\/0\/value must be string or nullSent3Expected, for example"mia\.lindqvist@example\.com"$/,
  )
  t.match(
    texts.find((text) => text.includes('package')),
    /must be object or nullSent\[\]Expected, for example\{"id":/,
  )
  const marked = requestBody(page).locator('.marked.bad')
  t.strictSame(await marked.allTextContents(), [
    '  "package": [],must be object or null',
    '        "value": 3must be string or null',
  ])
  t.strictSame(complaints, [])
})

t.test('a long body is scrolled to its first wrong place', { skip }, async (t) => {
  const sandbox = await sandboxFor(t)
  const emails = Array.from({ length: 100 }, (_, i) => ({ value: i === 90 ? 90 : `mia-${String(i)}@example.com` }))
  await postOrder(sandbox.url, { candidate: { emails } })
  const { page } = await openNewest(t, sandbox)
  const marked = requestBody(page).locator('.marked')
  const tree = requestBody(page).getByRole('tree')
  const [line, box] = [await marked.boundingBox(), await tree.boundingBox()]
  t.ok(line && box && line.y >= box.y && line.y + line.height <= box.y + box.height)
})

t.test('a refusal without a place shows its message and its hint', { skip }, async (t) => {
  const sandbox = await sandboxFor(t)
  await postOrder(sandbox.url, '{"id":')
  const { page } = await openNewest(t, sandbox)
  const notice = details(page).locator('.notice')
  t.match(await notice.textContent(), /^body is not valid JSON: .*Send the body as JSON text/)
})

t.test('a likely mistake is marked at its value, in an accepted body and in a refused one', { skip }, async (t) => {
  const sandbox = await sandboxFor(t)
  await postOrder(sandbox.url, { id: 'order-1', candidate: { firstName: 'Mia' } })
  const { page } = await openNewest(t, sandbox)
  const marked = requestBody(page).locator('.marked.busy')
  t.match(await marked.textContent(), /"firstName": "Mia"is not a property that StackOne knows/)
  await details(page).getByText('Accepted, but probably a mistake:').waitFor()
  t.equal(await marked.count(), 1)
  await postOrder(sandbox.url, { id: 'order-1', candidate: { firstName: 'Mya', 'a/b~c': 1 } })
  await page.locator('.list-pane .row.refused').click()
  await details(page).getByText('Also looks like a mistake:').waitFor()
  t.match(await marked.last().textContent(), /^ *"a\/b~c": 1/)
  const colourOf = (hint: string) =>
    page.evaluate(`getComputedStyle(document.querySelector('.row.refused ${hint}')).color`)
  t.not(await colourOf('.hint:not(.quiet, .warning)'), await colourOf('.warning'), 'amber, in a red row too')
})

t.test('a 409 shows how the body differs from that of the first order', { skip }, async (t) => {
  const sandbox = await sandboxFor(t)
  const emails = [{ value: 'mia@example.com' }]
  const first = { id: 'order-1', candidate: { first_name: 'Mia', emails }, job: null, note: 'one', same: 1 }
  await postOrder(sandbox.url, first)
  const repeat = {
    id: 'order-1',
    candidate: { first_name: 'Mya', last_name: 'L', emails: [] },
    job: null,
    note: 'two',
    same: 1,
  }
  await postOrder(sandbox.url, repeat)
  const { page, complaints } = await openNewest(t, sandbox)
  await details(page).getByText('The bodies differ in 4 places.').waitFor()
  t.strictSame(await details(page).locator('.differences tbody tr').allTextContents(), [
    'body/candidate/first_name"Mia""Mya"',
    'body/candidate/emails/0{\n "value": "mia@example.com"\n}missing',
    'body/candidate/last_namemissing"L"',
    'body/note"one""two"',
  ])
  await details(page).getByRole('link', { name: 'order-1' }).click()
  await page.getByRole('heading', { level: 2, name: 'Mia' }).waitFor()
  t.strictSame(complaints, [])
})

t.test('a 409 says so when the bodies have the same values', { skip }, async (t) => {
  const sandbox = await sandboxFor(t, { repeatedOrders: 'conflict' })
  await postOrder(sandbox.url, { id: 'order-1' })
  await postOrder(sandbox.url, { id: 'order-1' })
  const { page } = await openNewest(t, sandbox)
  await details(page).getByText('is an assessment').waitFor()
  await details(page).getByText('The bodies have the same values.').waitFor()
})
