import { source as axe } from 'axe-core'
import type { BrowserContextOptions, Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { outcomes } from '../../schemas/test-form'
import { questionsFor } from '../../src/assessments/questions'
import { closeBrowser, firstOf, leftOut, pageFor, skip } from '../support/chromium'
import { call, callChecks, fullOrder, postOrder, sandboxFor } from '../support/sandbox'
import { until } from '../support/until'

t.teardown(closeBrowser)

const widths = [390, 1024, 1600]
const schemes = ['light', 'dark'] as const
const questions = questionsFor(fullOrder.package)

/** Opens the test of `fullOrder`, with `changes`, in its own browser window. */
async function opened(t: Test, options: BrowserContextOptions = {}, changes: object = {}) {
  const { url } = await sandboxFor(t)
  const testUrl = await orderOf(url, changes)
  const watched = await pageFor(t, options)
  await watched.page.goto(testUrl)
  return { ...watched, url, testUrl }
}

async function orderOf(url: string, changes: object = {}): Promise<string> {
  const { body } = await postOrder(url, { ...fullOrder, ...changes })
  return body['test_url'] as string
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** The radio button for `choice` of question `i`. */
const radio = (page: Page, i: number, choice: string) =>
  page
    .getByRole('group', { name: `${String(i + 1)}. ${questions[i]?.text ?? ''}`, exact: true })
    .getByRole('radio', { name: choice, exact: true })

/** Chooses the right answers by `act`: a click or a tap. */
async function answerAll(page: Page, act: (radio: ReturnType<Page['locator']>) => Promise<void>) {
  for (const [i, { choices, right }] of questions.entries()) await act(radio(page, i, choices[right] ?? ''))
}

const shownState = (page: Page) => page.locator('dd').nth(2).textContent()
const resultOf = async (url: string) => (await call(url, 'GET', `/orders/${fullOrder.id}/results`)).body['data']

/** Turns off browser validation, as in an old browser, so that the server has to validate. */
const withoutBrowserChecks = (page: Page) => page.evaluate('for (const form of document.forms) form.noValidate = true')

t.test('without Chromium, browser tests are skipped and say why', (t) => {
  t.equal(firstOf(undefined, '/nowhere/chromium', __filename, __dirname), __filename)
  t.equal(firstOf(undefined, '/nowhere/chromium'), undefined)
  t.equal(leftOut(undefined), 'Chromium is not installed (apt-get install chromium)')
  t.equal(leftOut(__filename), false)
  t.end()
})

t.test('a candidate can take the whole test without JavaScript', { skip }, async (t) => {
  const { page, url, testUrl, requested, complaints } = await opened(t, { javaScriptEnabled: false })
  t.equal(await page.title(), fullOrder.package.name)
  t.equal(await page.getByRole('heading', { level: 1 }).textContent(), fullOrder.package.name)
  t.strictSame(await page.locator('dd').allTextContents(), ['Mia Lindqvist', 'Back-end engineer', 'initiated'])

  await button(page, 'Start').click()
  t.equal(await shownState(page), 'in_progress')
  await page.reload()
  t.equal(await shownState(page), 'in_progress')

  // A second window with the same test, unaware that the first one submits.
  const second = await page.context().newPage()
  await second.goto(testUrl)
  await answerAll(page, (choice) => choice.check())
  await button(page, 'Submit').click()
  t.equal(await page.locator('.verdict').textContent(), 'Passed: 100 of 100')
  t.equal(await shownState(page), 'passed')
  const result = await resultOf(url)
  t.match(result, { result: { value: 'passed' }, score: { value: '100' } })

  for (const [i, { choices, right }] of questions.entries())
    await radio(second, i, choices[right === 0 ? 1 : 0] ?? '').check()
  await button(second, 'Submit').click()
  t.match(await second.getByRole('alert').textContent(), 'This assessment is already finished')
  t.equal(await shownState(second), 'passed')
  t.strictSame(await resultOf(url), result)

  await page.reload()
  t.equal(await shownState(page), 'passed')
  t.equal(await page.getByRole('button').count(), 0)
  t.strictSame([...new Set(requested)], [testUrl])
  t.strictSame(complaints, [])
})

t.test('the page of a test links back to its order in the inspector', { skip }, async (t) => {
  const sandbox = await sandboxFor(t)
  const order = await sandbox.account('a/b ü').orders.create({ id: 'order 1?#', candidate: { first_name: 'Mia' } })
  const { page, complaints } = await pageFor(t)
  await page.goto(order.testUrl)
  await page.getByRole('link', { name: 'this order in the inspector' }).click()
  await page.getByRole('heading', { level: 2, name: 'Mia' }).waitFor()
  t.strictSame(complaints, [])
})

t.test('a candidate can take the whole test by keyboard, with the focus always visible', { skip }, async (t) => {
  const { page } = await opened(t, { javaScriptEnabled: false })
  await tabTo(t, page, 'Start')
  await page.keyboard.press('Enter')
  await page.waitForSelector('fieldset')
  for (const [i, { right }] of questions.entries()) {
    await tabTo(t, page, `q${String(i + 1)}`)
    await page.keyboard.press('Space')
    for (let step = 0; step < right; step++) await page.keyboard.press('ArrowDown')
  }
  await tabTo(t, page, 'Submit')
  await page.keyboard.press('Enter')
  t.equal(await page.locator('.verdict').textContent(), 'Passed: 100 of 100')
})

t.test('an outcome can be chosen by keyboard, in a box marked as part of the sandbox', { skip }, async (t) => {
  const { page, url } = await opened(t, { javaScriptEnabled: false })
  const box = page.getByRole('region', { name: 'Sandbox: choose an outcome', exact: true })
  t.match(await box.textContent(), 'Not part of the test')
  t.equal(await box.getByRole('button').count(), 1)

  await tabTo(t, page, 'Start')
  await tabTo(t, page, 'outcome')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await tabTo(t, page, 'score')
  await page.keyboard.type('75.5')
  await tabTo(t, page, 'summary')
  await page.keyboard.type('First line\nمرحبا "😀"')
  await tabTo(t, page, 'Finish with this outcome')
  await page.keyboard.press('Enter')

  t.equal(await page.locator('.verdict').textContent(), 'Completed: 75.5 of 100')
  t.match(await page.locator('.summary').innerText(), /^First line\s*\nمرحبا "😀"$/)
  t.match(await resultOf(url), { result: { value: 'completed' }, score: { value: '75.5' } })
})

/** Presses Tab and expects visible focus on the element named `name`. */
async function tabTo(t: Test, page: Page, name: string) {
  await page.keyboard.press('Tab')
  const focus = await page.evaluate(`(() => {
    const { name, textContent } = document.activeElement
    const { outlineStyle: style, outlineWidth: width, outlineColor: color } = getComputedStyle(document.activeElement)
    return { name: name || textContent, style, width: parseFloat(width), color }
  })()`)
  t.match(focus, { name, style: 'solid', width: 3, color: 'rgb(39, 70, 179)' })
}

t.test('a candidate can take the whole test on a phone, by touch', { skip }, async (t) => {
  const { page } = await opened(t, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true })
  await button(page, 'Start').tap()
  await answerAll(page, (choice) => choice.tap())
  await button(page, 'Submit').tap()
  t.equal(await page.locator('.verdict').textContent(), 'Passed: 100 of 100')
})

t.test('a wrong score of a chosen outcome shows an error and keeps the form', { skip }, async (t) => {
  const { page, url } = await opened(t)
  await page.getByRole('combobox', { name: 'Outcome' }).selectOption('expired')
  await page.getByLabel('Score').fill('101')
  await page.getByLabel('Summary').fill('Too late')
  await withoutBrowserChecks(page)
  await button(page, 'Finish with this outcome').click()
  t.match(
    await page.getByRole('alert').textContent(),
    'The score is not a number from 0 to 100. Enter a number such as 92',
  )
  t.equal(await shownState(page), 'initiated')
  t.equal(await page.getByRole('combobox', { name: 'Outcome' }).inputValue(), 'expired')
  t.equal(await page.getByLabel('Score').inputValue(), '101')
  t.equal(await page.getByLabel('Summary').inputValue(), 'Too late')

  await page.getByLabel('Score').fill('')
  await button(page, 'Finish with this outcome').click()
  t.equal(await page.locator('.verdict').textContent(), 'Expired')
  t.equal(await shownState(page), 'expired')
  t.match(await resultOf(url), { result: { value: 'expired' }, summary: 'Too late' })
})

t.test('the browser asks for missing answers, and the page does if the browser does not', { skip }, async (t) => {
  const { page, requested } = await opened(t)
  await button(page, 'Start').click()
  await page.waitForSelector('fieldset')
  const chosen = radio(page, 1, questions[1]?.choices[2] ?? '')
  await chosen.check()
  const before = requested.length
  await button(page, 'Submit').click()
  t.equal(await page.evaluate('document.activeElement.name'), 'q1')
  t.equal(requested.length, before)

  await withoutBrowserChecks(page)
  await button(page, 'Submit').click()
  const notice = page.getByRole('alert')
  t.match(await notice.textContent(), 'Questions 1, 3 and 4 have no answer. Choose an answer to every question')
  t.equal(await page.title(), `Error: ${fullOrder.package.name}`)
  t.ok(await chosen.isChecked())
  t.equal(await page.getByRole('radio', { checked: true }).count(), 1)
  t.equal(await shownState(page), 'in_progress')
})

/** Calls `look` for each appearance of the page. */
async function everyLook(t: Test, page: Page, url: string, look: (name: string) => Promise<void>) {
  await page.goto(await orderOf(url, { id: 'looks' }))
  await look('ready')
  await button(page, 'Start').click()
  await page.waitForSelector('fieldset')
  await look('in progress')
  await radio(page, 1, questions[1]?.choices[0] ?? '').check()
  await withoutBrowserChecks(page)
  await button(page, 'Submit').click()
  await page.getByText('Questions 1, 3 and 4 have no answer').waitFor()
  await look('unanswered questions')
  await page.getByLabel('Score').fill('101')
  await withoutBrowserChecks(page)
  await button(page, 'Finish with this outcome').click()
  await page.getByText('The score is not a number').waitFor()
  await look('a wrong score')

  for (const outcome of outcomes) {
    await page.goto(await orderOf(url, { id: outcome }))
    await page.getByRole('combobox', { name: 'Outcome' }).selectOption(outcome)
    await page.getByLabel('Summary').fill(`Chosen as ${outcome}`)
    await button(page, 'Finish with this outcome').click()
    await page.locator(`.verdict.${outcome}`).waitFor()
    await look(outcome)
  }
  const finished = await orderOf(url, { id: 'again' })
  await page.goto(finished)
  await fetch(finished, { method: 'POST', body: new URLSearchParams({ step: 'outcome', outcome: 'passed' }) })
  await button(page, 'Start').click()
  await page.getByText('This assessment is already finished').waitFor()
  await look('started after the end')
  await page.goto(await orderOf(url, { id: 'nameless', candidate: null, package: null, job: null }))
  await look('nothing specified')
  const tests = [{ name: 'Identity' }, { name: 'Education' }]
  const check = await callChecks(url, 'POST', '/orders', { ...fullOrder, id: 'check', package: { tests } })
  await page.goto(String(check.body['test_url']))
  await look('background check')
  await button(page, 'Start').click()
  await page.getByRole('checkbox', { name: 'I consent to this background check.' }).waitFor()
  await look('consent')
  await withoutBrowserChecks(page)
  await button(page, 'Submit').click()
  await page.getByText('Your consent is missing').waitFor()
  await look('missing consent')
  await page.getByRole('checkbox').check()
  await button(page, 'Submit').click()
  await page.locator('.verdict.passed').waitFor()
  const missing = await page.goto(`${url}/tests/nope`)
  t.equal(missing?.status(), 404)
  await look('no such assessment')
}

t.test('axe finds nothing in any state, and no state scrolls sideways', { skip }, async (t) => {
  const { page, url, requested, complaints } = await opened(t)
  const looks: string[] = []
  await everyLook(t, page, url, async (name) => {
    await page.evaluate(axe)
    const backgrounds: unknown[] = []
    for (const width of widths) {
      await page.setViewportSize({ width, height: 844 })
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme })
        const look = `${name}, ${String(width)} wide, ${colorScheme}`
        t.strictSame(await page.evaluate(colorScheme === 'dark' ? findingsOnColours : findings), [], look)
        t.strictSame(await page.evaluate(sticksOut), [], look)
        backgrounds.push(await page.evaluate('getComputedStyle(document.body).backgroundColor'))
      }
    }
    t.strictSame(
      backgrounds,
      widths.flatMap(() => ['rgb(243, 244, 248)', 'rgb(19, 21, 25)']),
    )
    looks.push(name)
  })
  t.equal(looks.length, 15)
  t.ok(requested.length > looks.length)
  t.strictSame(
    requested.filter((address) => !address.startsWith(`${url}/tests/`)),
    [],
  )
  t.strictSame(complaints, [])
})

const findingsOf = (rules: string) => `axe
  .run({
    runOnly: { type: 'rule', values: ${rules} },
    resultTypes: ['violations', 'incomplete'],
  })
  .then(({ violations, incomplete }) => [...violations, ...incomplete].map(({ id, nodes }) =>
    [id, ...nodes.map(({ html, failureSummary }) => html + ' ' + failureSummary)].join(': ')))`

/** The findings of all axe rules, including those off by default. */
const findings = findingsOf('axe.getRules().map(({ ruleId }) => ruleId)')

/** Those of the rules that depend on colours: the others find the same in light and dark. */
const findingsOnColours = findingsOf("['color-contrast', 'color-contrast-enhanced', 'link-in-text-block']")

/** Elements that overflow the window to the left or right. */
const sticksOut = `[...document.querySelectorAll('*')]
  .filter((element) => {
    const { left, right } = element.getBoundingClientRect()
    const { scrollWidth, clientWidth } = document.documentElement
    return left < 0 || right > clientWidth || scrollWidth > clientWidth
  })
  .map(({ outerHTML }) => outerHTML.slice(0, 100))`

t.test('a screen reader gets names, groups, the current step and errors', { skip }, async (t) => {
  const { page } = await opened(t)
  t.equal(await page.locator('html').getAttribute('lang'), 'en')
  t.equal(await page.getByRole('main').count(), 1)
  t.equal(await page.locator('[aria-current=step]').textContent(), 'Ready')
  t.strictSame(await page.getByRole('heading').allTextContents(), [
    fullOrder.package.name,
    'Sandbox: choose an outcome',
  ])
  for (const [role, name] of [
    ['combobox', 'Outcome'],
    ['spinbutton', 'Score (0–100, optional)'],
    ['textbox', 'Summary (optional)'],
    ['button', 'Finish with this outcome'],
  ] as const)
    t.equal(await page.getByRole(role, { name, exact: true }).count(), 1, name)

  await button(page, 'Start').click()
  t.equal(await page.locator('[aria-current=step]').textContent(), 'In progress')
  t.equal(await page.getByRole('alert').count(), 0)
  t.equal(await page.getByRole('group').count(), questions.length)
  for (const [i, { choices }] of questions.entries())
    for (const choice of choices) t.equal(await radio(page, i, choice).count(), 1, choice)

  await withoutBrowserChecks(page)
  await button(page, 'Submit').click()
  t.match(await page.getByRole('alert').textContent(), 'Questions 1, 2, 3 and 4 have no answer')
})

/** Names that tend to break pages. */
const hostileNames = {
  'markup that runs': `<script>window.hacked=1</script><img src=x onerror="window.hacked=1"><svg onload=alert(1)>`,
  'closing tags': `</title></textarea></dd></h1>--><script>alert(1)</script>`,
  quotes: `"'\`" onfocus="window.hacked=1" autofocus x='`,
  'escapes and templates': '&lt;b&gt; &amp;#60; ${7*7} {{7*7}} %3Cscript%3E \\u003cscript\\u003e',
  'right-to-left text': 'مرحبا שלום',
  'a right-to-left override': 'Mia \u202e\u2066gnp.exe',
  emoji: '👩🏽‍🚀🏳️‍🌈🇵🇹😀',
  '10,000 letters without a space': 'W'.repeat(10_000),
  '10,000 combining marks': `Z${'\u0301\u0322'.repeat(5_000)}`,
}

const facts = `({
  heading: document.querySelector('h1').textContent,
  facts: [...document.querySelectorAll('dd')].map(({ textContent }) => textContent),
  hacked: window.hacked,
  strange: document.querySelectorAll('script, img, svg, [onfocus], [onerror]').length,
  sticksOut: ${sticksOut},
  tallest: Math.max(...[...document.querySelectorAll('h1, dd, .verdict')].map(({ offsetHeight }) => offsetHeight)),
})`

t.test('hostile names are shown verbatim, run nothing and keep the layout intact', { skip }, async (t) => {
  // Without the content security policy, so that escaping alone has to hold.
  const { page, url, complaints, requested } = await opened(t, { bypassCSP: true })
  for (const [kind, name] of Object.entries(hostileNames)) {
    const id = kind.replaceAll(/\W/g, '-')
    const changes = { id, candidate: { first_name: name, last_name: name }, package: { name }, job: { title: name } }
    const check = async (state: string) => {
      for (const width of widths) {
        await page.setViewportSize({ width, height: 844 })
        const { tallest, ...seen } = await page.evaluate<{ tallest: number }>(facts)
        t.strictSame(seen, {
          heading: name,
          facts: [`${name} ${name}`, name, state],
          hacked: undefined,
          strange: 0,
          sticksOut: [],
        })
        t.ok(tallest < 150, `${kind}, ${state}: at most four lines high`)
      }
    }
    await page.goto(await orderOf(url, changes))
    await check('initiated')
    t.equal(await page.title(), name)

    await page.locator('[name=score]').fill('101')
    await page.locator('[name=summary]').fill(name)
    await withoutBrowserChecks(page)
    await button(page, 'Finish with this outcome').click()
    await page.waitForSelector('[role=alert]')
    await check('initiated')
    t.equal(await page.locator('[name=summary]').inputValue(), name)

    await page.locator('[name=score]').fill('7')
    await button(page, 'Finish with this outcome').click()
    await page.waitForSelector('.verdict')
    await call(url, 'PATCH', `/orders/${id}/result`, { score: { value: name, max: name } })
    await page.reload()
    await check('passed')
    t.equal(await page.locator('.summary').textContent(), name)
    t.equal(await page.locator('.verdict').textContent(), `Passed: ${name} of ${name}`)
  }
  t.strictSame(complaints, [])
  t.strictSame(
    requested.filter((address) => !address.startsWith(`${url}/tests/`)),
    [],
  )
})

t.test('the content security policy blocks injected scripts, images and styles', { skip }, async (t) => {
  const { page, url, complaints } = await opened(t)
  const blocked: unknown[] = []
  const answered: string[] = []
  page.on('requestfailed', (request) => blocked.push([request.url(), request.failure()?.errorText]))
  page.on('response', (response) => answered.push(response.url()))
  await page.evaluate(`for (const [name, facts] of [
    ['script', { textContent: 'window.hacked = 1' }],
    ['script', { src: '${url}/health' }],
    ['img', { src: '${url}/health' }],
    ['style', { textContent: 'body { display: none }' }],
  ]) document.body.append(Object.assign(document.createElement(name), facts))`)
  await until(async () => (await page.locator('body > *').count()) === 5)
  t.equal(await page.evaluate('window.hacked'), undefined)
  t.equal(await page.evaluate('getComputedStyle(document.body).display'), 'grid')
  const refused = [`${url}/health`, 'csp']
  t.strictSame(blocked, [refused, refused])
  t.strictSame(answered, [])
  t.equal(complaints.filter((text) => text.includes('Content Security Policy')).length, 4)
})
