import { createServer, request } from 'node:http'
import { source as axe } from 'axe-core'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { closeBrowser, pageFor, skip } from '../support/chromium'
import { sandboxFor } from '../support/sandbox'

t.teardown(closeBrowser)

const row = (page: Page, id: string) => page.locator(`.row[href$="/${id}"]`)
const open = (page: Page, id: string) => page.locator(`[data-operation="${id}"]`)
const received = (page: Page) => page.getByRole('region', { name: 'Answer received' })

/** Executes an operation with its prefilled values and returns the response that the page shows. */
async function tryOut(page: Page, id: string) {
  await row(page, id).click()
  const part = open(page, id)
  await part.getByRole('button', { name: 'Execute' }).click()
  const answer = received(page)
  await answer.waitFor()
  return { status: await answer.locator('.badge').textContent(), body: await answer.textContent() }
}

t.test('each call in the API reference can be executed with its prefilled values', { skip }, async (t) => {
  const { url } = await sandboxFor(t)
  const { page, requested, complaints } = await pageFor(t)
  await page.goto(`${url}/docs`)

  const ordered = await tryOut(page, 'ats_order_assessments_request')
  t.equal(ordered.status, '200')
  t.match(ordered.body, `${url}/tests/`)
  t.match(await tryOut(page, 'ats_list_assessments_packages'), { status: '200', body: 'pkg_' })
  t.match(
    await tryOut(page, 'ats_list_candidates'),
    { status: '200', body: 'first_name' },
    'with an object in the query',
  )
  t.match(await tryOut(page, 'sandbox_post_orders_id_complete'), { status: '200', body: 'passed' })
  t.match(await tryOut(page, 'ats_get_assessments_result'), { status: '200', body: '92' })

  await page.getByText('The same call with curl').click()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await received(page).getByRole('button', { name: 'Copy' }).click()
  await received(page).getByRole('button', { name: 'Copied' }).waitFor()
  t.match(await page.evaluate<string>('navigator.clipboard.readText()'), /^curl .*-g .*\/order-2041\/results/s)
  await page.getByRole('button', { name: 'Clear' }).click()
  t.equal(await received(page).count(), 0)

  t.strictSame(
    requested.filter((address) => !address.startsWith(`${url}/`) && !address.startsWith('data:')),
    [],
    'nothing loads from elsewhere',
  )
  t.strictSame(complaints, [])
})

t.test('the API reference shows and explains the hint and the warnings of an answer', { skip }, async (t) => {
  const { url } = await sandboxFor(t)
  const { page } = await pageFor(t)
  await page.goto(`${url}/docs/#/Assessments/ats_order_assessments_request`)
  const body = page.getByLabel('Request body')
  await body.fill('{ "id": "order-1", "candidate": { "firstName": "Mia" } }')
  await page.getByRole('button', { name: 'Execute' }).click()
  const warning = received(page).locator('.notice.warning')
  t.match(
    await warning.textContent(),
    /^Warning: probably a mistake.*firstName.*did you mean first_name.*StackOne does not send it/,
  )
  t.equal(await received(page).locator('.notice').count(), 1, 'there is no hint')

  await body.fill('{ "id": 1, "package": "a, b" }')
  await page.getByRole('button', { name: 'Execute' }).click()
  const hint = received(page).locator('.notice', { hasText: 'Hint' })
  t.match(await hint.textContent(), /^Hint.*Nothing is converted.*comes with every error/)
  t.match(await received(page).locator('.badge').textContent(), '400')

  await page.getByRole('link', { name: 'About' }).click()
  const about = page.getByRole('region', { name: 'Details' })
  for (const header of ['x-sandbox-hint', 'x-sandbox-warning'])
    await about.getByText(header, { exact: true }).first().waitFor()
})

t.test('with custom API keys, the API reference asks for one, and keeps it only for the tab', { skip }, async (t) => {
  const { url } = await sandboxFor(t, { apiKeys: ['m1ne:passw0rd'], controlToken: 'let-m3-in' })
  const { page, complaints } = await pageFor(t)
  await page.goto(`${url}/_sandbox/health`)
  await page.evaluate("localStorage.setItem('authorized', 'of an earlier version')")
  await page.goto(`${url}/docs`)
  await page.getByLabel('API key').fill('m1ne:passw0rd')
  await page.getByLabel('Control token').fill('let-m3-in')
  await page.getByLabel('Control token').press('Enter')
  const stored = (storage: string) => page.evaluate<string>(`JSON.stringify(Object.entries(${storage}))`)
  t.equal(await stored('localStorage'), '[]')
  t.match(await stored('sessionStorage'), /m1ne.*let-m3-in/)

  await page.reload()
  t.match(await tryOut(page, 'ats_get_assessments_package'), { status: '200', body: 'pkg_typescript_backend' })
  t.match(await tryOut(page, 'sandbox_get_orders'), { status: '200' }, 'the credentials survive a reload')

  const other = await page.context().newPage()
  await other.goto(`${url}/docs`)
  t.match(await tryOut(other, 'ats_get_assessments_package'), { body: 'Missing authorization header' })

  await page.getByText('Credentials: the control token').click()
  await page.getByLabel('API key').fill('')
  await page.getByLabel('Control token').fill('')
  t.notMatch(await stored('sessionStorage'), /m1ne|let-m3-in/)
  t.match(await tryOut(page, 'sandbox_get_clock'), { status: '401' })
  t.match(await tryOut(page, 'ats_get_assessments_package'), { status: '401' })
  t.strictSame(complaints, [])
})

t.test('the API reference begins with all calls, and finds one by its words', { skip }, async (t) => {
  const { url } = await sandboxFor(t)
  const { paths } = (await (await fetch(`${url}/openapi.json`)).json()) as { paths: Record<string, object> }
  const count = Object.values(paths).flatMap((methods) => Object.keys(methods)).length
  const { page } = await pageFor(t, { viewport: { width: 390, height: 900 } })
  await page.goto(`${url}/docs`)
  const calls = page.locator('.row')
  await calls.first().waitFor()
  t.equal(await calls.count(), count)
  const { y = NaN } = (await calls.first().boundingBox()) ?? {}
  t.ok(y < 450, `the first call is at ${String(y)} on a phone`)
  t.equal(await page.getByRole('region', { name: 'Details' }).isVisible(), false, 'the prose is elsewhere')

  const api = (name: string) => page.getByRole('region', { name, exact: true })
  const ofStackOne = await api("StackOne's API").locator('.row').count()
  t.equal(ofStackOne + (await api('Sandbox control API').locator('.row').count()), count, 'the two APIs are apart')
  await api("StackOne's API").locator('.row').first().press('/')
  await page.keyboard.type('post CLOCK')
  t.strictSame(await api('Sandbox control API').locator('h3').allTextContents(), ['Clock'])
  t.equal(await api("StackOne's API").count(), 0)
  await page.getByRole('searchbox').fill('no such call')
  await page.getByText('No matching calls.').waitFor()
})

t.test('an address opens a call of the API reference, also behind a path prefix', { skip }, async (t) => {
  const { url } = await sandboxFor(t)
  const behind = await prefixed(t, url)
  const { page, complaints } = await pageFor(t, { viewport: { width: 390, height: 900 } })
  await page.goto(`${behind}/docs`)
  await row(page, 'sandbox_post_clock_freeze').click()
  const heading = page.getByRole('heading', { level: 2, name: 'Freeze the clock' })
  await heading.waitFor()
  t.match(await page.title(), /^Freeze the clock · API reference/)
  t.equal(await heading.evaluate('document.activeElement.textContent'), 'Freeze the clock', 'the focus follows')
  await page.getByRole('button', { name: 'Execute' }).click()
  await received(page).getByText('isFrozen').waitFor()

  const other = await page.context().newPage()
  await other.goto(page.url())
  await other.getByRole('heading', { level: 2, name: 'Freeze the clock' }).waitFor()
  await other.getByRole('link', { name: 'All calls' }).click()
  await row(other, 'sandbox_post_clock_freeze').waitFor()

  for (const [name, path] of [
    ['OpenAPI', '/openapi.json'],
    ['Guide', '/llms.txt'],
    ['Inspector', '/_sandbox/ui'],
  ] as const) {
    const href = await other.getByRole('link', { name, exact: true }).getAttribute('href')
    const target = new URL(href ?? '', other.url()).href
    t.equal(target, behind + path)
    t.equal((await fetch(target)).status, 200)
  }
  t.strictSame(complaints, [])
})

/** A proxy that serves what is at `url` below `/team`. */
async function prefixed(t: Test, url: string): Promise<string> {
  const server = createServer((asked, answer) => {
    const { method, headers, url: path = '' } = asked
    const passed = request(url + path.replace('/team', ''), { method, headers }, (received) => {
      answer.writeHead(received.statusCode ?? 502, received.headers)
      received.pipe(answer)
    })
    asked.pipe(passed)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  const address = server.address()
  return `http://127.0.0.1:${String(typeof address === 'object' && address?.port)}/team`
}

/** Opens every call, and resolves with their heights. */
const heights = `(async () => {
  const found = {}
  for (const row of document.querySelectorAll('.row')) {
    location.hash = row.getAttribute('href')
    const id = row.getAttribute('href').split('/').at(-1)
    while (document.querySelector('.operation')?.dataset.operation !== id) await new Promise(requestAnimationFrame)
    found[id] = document.querySelector('.operation').getBoundingClientRect().height
  }
  return found
})()`

t.test('no opened call of the API reference is higher than 2,500 pixels', { skip }, async (t) => {
  const { url } = await sandboxFor(t)
  const { page, complaints } = await pageFor(t, { viewport: { width: 1024, height: 900 } })
  await page.goto(`${url}/docs`)
  await page.locator('.row').first().waitFor()
  const all = Object.entries(await page.evaluate<Record<string, number>>(heights))
  t.ok(all.length > 80)
  t.strictSame(
    all.filter(([, height]) => height > 2500),
    [],
  )
  t.strictSame(complaints, [], 'and each can be shown')
})

/** The rules whose findings depend on the colour scheme. */
const onColours = "['color-contrast', 'link-in-text-block']"

t.test('axe finds nothing in the API reference, light or dark, and nothing overflows', { skip }, async (t) => {
  const { url } = await sandboxFor(t)
  const { page } = await pageFor(t, { reducedMotion: 'reduce' })
  await page.goto(`${url}/docs`)
  await page.evaluate(axe)
  const check = async (what: string) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [390, 1024, 1600]) {
        await page.setViewportSize({ width, height: 900 })
        await page.emulateMedia({ colorScheme })
        const { violations } = await page.evaluate<{
          violations: { id: string; nodes: { html: string; failureSummary: string }[] }[]
        }>(`axe.run({ resultTypes: ['violations']${colorScheme === 'dark' ? `, runOnly: ${onColours}` : ''} })`)
        t.strictSame(
          violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => [html, failureSummary])]),
          [],
          `${what} at ${String(width)}, ${colorScheme}`,
        )
        t.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${what} at ${String(width)}`)
      }
    }
    await page.setViewportSize({ width: 1024, height: 900 })
  }
  const unfold = () => page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true')

  await row(page, 'sandbox_get_orders').waitFor()
  await check('the list')
  const ground = () => page.evaluate<string>("getComputedStyle(document.querySelector('.detail-pane')).backgroundColor")
  await page.emulateMedia({ colorScheme: 'light' })
  const light = await ground()
  await page.emulateMedia({ colorScheme: 'dark' })
  t.not(await ground(), light)

  await page.getByRole('link', { name: 'About' }).click()
  await unfold()
  await check('the prose')
  await tryOut(page, 'ats_get_assessments_result')
  await unfold()
  await check('a call that was sent')
  await row(page, 'ats_order_assessments_request').click()
  for (const tab of await page.getByRole('tab', { name: 'Schema' }).all()) await tab.click()
  for (const button of await page.getByRole('button', { name: 'Expand all' }).all()) await button.click()
  await check('its schemas')
})
