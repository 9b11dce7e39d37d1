import { createServer, request as httpRequest } from 'node:http'
import t, { type Test } from 'tap'
import { resultValues } from '../../schemas/result'
import { outcomes } from '../../schemas/test-form'
import { questionsFor } from '../../src/assessments/questions'
import { createClock } from '../../src/clock'
import type { Parts } from '../../src/compose/deps'
import type { SandboxOptions } from '../../src/index'
import { memoryStore } from '../../src/store/memory/orders'
import { listenFor } from '../support/receiver'
import { call, fullOrder, postOrder, sandboxFor } from '../support/sandbox'

/** Fetches a page and parses its HTML. */
async function fetchPage(url: string, init: RequestInit = {}) {
  const response = await fetch(url, { redirect: 'manual', ...init })
  const html = await response.text()
  const [, notice] = /role="alert">([^]*?)<\/div>/.exec(html) ?? []
  return {
    status: response.status,
    headers: response.headers,
    html,
    state: /State<\/dt>\s*<dd>(\w+)/.exec(html)?.[1],
    /** The error that the page shows. */
    notice: notice?.replace(/<[^>]+>/g, ''),
    /** The chosen answers, each as `q1=0`. */
    chosen: [...html.matchAll(/name="(q\d)" value="(\d)" required\s+checked/g)].map(([, ...pair]) => pair.join('=')),
    buttons: [...html.matchAll(/<button[^>]*>([^<]+)/g)].map(([, name]) => name),
  }
}

/** Places the order `order-1` and returns its test. */
async function testOf(t: Test, order: object = {}, options: SandboxOptions = {}, parts: Parts = {}) {
  const { url } = await sandboxFor(t, options, parts)
  const { body } = await postOrder(url, { id: 'order-1', ...order })
  const testUrl = body['test_url'] as string
  return {
    url,
    testUrl,
    open: () => fetchPage(testUrl),
    send: (fields: Record<string, string>) => fetchPage(testUrl, { method: 'POST', body: new URLSearchParams(fields) }),
    patch: (result: object) => call(url, 'PATCH', '/orders/order-1/result', result),
    /** The result that the API returns; undefined if there is none. */
    result: async () => (await call(url, 'GET', '/orders/order-1/results')).body['data'] as object | undefined,
  }
}

/** Answers to the questions of `assessment`, of which only the first `right` are right. */
function answers(assessment: Parameters<typeof questionsFor>[0], right: number): Record<string, string> {
  const chosen = questionsFor(assessment).map((question, i) =>
    i < right ? question.right : (question.right + 1) % question.choices.length,
  )
  return { step: 'submit', ...Object.fromEntries(chosen.map((value, i) => [`q${String(i + 1)}`, String(value)])) }
}

/** Packages with three and four questions. */
const english = { id: 'pkg_english_b2', name: 'English at work' }
const programming = { id: 'pkg_go_services', name: 'Services in Go' }

/** A store that records its news instead of sending it. */
function tellingStore() {
  const told: string[] = []
  const store = memoryStore(10, undefined, undefined, {
    send({ id, state }, { events }) {
      for (const event of events) told.push(`${id} ${event === 'created' ? 'ordered' : state}`)
    },
    limit: () => undefined,
  })
  return { told, store }
}

t.test('test_url opens a page with the candidate, package, job and state of the order', async (t) => {
  const { open } = await testOf(t, {
    candidate: { first_name: 'Mia', last_name: 'Lindqvist' },
    package: { id: 'pkg_1', name: 'TypeScript basics' },
    job: { title: 'Back-end engineer' },
  })
  const { status, headers, html, state, buttons } = await open()

  t.equal(status, 200)
  t.equal(headers.get('content-type'), 'text/html; charset=utf-8')
  t.match(html, /Candidate<\/dt>\s*<dd dir="auto">Mia Lindqvist</)
  t.match(html, /<h1 dir="auto">TypeScript basics</)
  t.match(html, '<title>TypeScript basics</title>')
  t.match(html, /Job<\/dt>\s*<dd dir="auto">Back-end engineer</)
  t.equal(state, 'initiated')
  t.strictSame(buttons, ['Start', 'Finish with this outcome'])
})

t.test('the page says what the order does not specify', async (t) => {
  const { url } = await sandboxFor(t)
  const page = async (order: object) => fetchPage((await postOrder(url, order)).body['test_url'] as string)

  for (const order of [
    {},
    { candidate: null, package: null, job: null },
    { candidate: {}, package: {}, job: {} },
    { candidate: { first_name: '', last_name: ' ' }, package: { id: ' ', name: '' }, job: { title: '\n' } },
  ]) {
    const { html } = await page(order)
    t.match(html, /Candidate<\/dt>\s*<dd dir="auto">not specified</)
    t.match(html, /Job<\/dt>\s*<dd dir="auto">not specified</)
    t.match(html, /<h1 dir="auto">Your assessment</)
  }
  const { html } = await page({ package: { id: 'pkg_1' }, candidate: { last_name: 'Ito' } })
  t.match(html, /<h1 dir="auto">pkg_1<\/h1>\s*<p class="quiet">Your assessment</)
  t.match(html, '>Ito<')
})

t.test('all text from the order, the result and the form is escaped', async (t) => {
  const hostile = `<script>alert(1)</script>"'&<img src=x onerror=alert(1)>!`
  const escaped =
    '&#60;script&#62;alert(1)&#60;/script&#62;&#34;&#39;&#38;&#60;img src&#61;x onerror&#61;alert(1)&#62;!'
  const odd = '${7*7} {{7*7}} مرحبا \u202e😀 '.padEnd(10_000, 'W')
  const { open, send, patch } = await testOf(t, {
    candidate: { first_name: hostile, last_name: odd },
    package: { name: hostile },
    job: { title: hostile },
  })
  const count = ({ html }: { html: string }) => html.split(escaped).length - 1
  const intact = (page: { html: string }, places: number) => {
    t.notMatch(page.html, '<script')
    t.notMatch(page.html, '<img')
    t.equal(count(page), places)
    t.match(page.html, odd)
  }

  // The package appears twice: it is also the title of the window.
  intact(await open(), 4)
  const refused = await send({ step: 'outcome', outcome: 'passed', score: hostile, summary: hostile })
  t.equal(refused.status, 400)
  intact(refused, 6)
  await patch({ summary: hostile, score: { value: hostile, max: hostile }, result: { value: 'passed' } })
  intact(await open(), 7)
})

t.test('the page loads nothing, and cannot be cached, indexed or framed', async (t) => {
  const { url, open, send } = await testOf(t, fullOrder)
  const pages = [
    await open(),
    await send({ step: 'submit' }),
    await send({ step: 'start' }),
    await open(),
    await fetchPage(`${url}/tests/nope`),
  ]
  t.strictSame(
    pages.map(({ status }) => status),
    [200, 409, 303, 200, 404],
  )
  for (const { headers, html } of pages) {
    t.match(
      headers.get('content-security-policy'),
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    )
    t.equal(headers.get('cache-control'), 'no-store')
    t.equal(headers.get('x-robots-tag'), 'noindex, nofollow')
    t.equal(headers.get('x-content-type-options'), 'nosniff')
    t.equal(headers.get('referrer-policy'), 'no-referrer')
    // A link to the inspector loads nothing until somebody follows it.
    const loading = html.replace(/<a href="\.\.\/_sandbox\/ui#[^"]*">/, '')
    t.notMatch(loading, /<(script|link|img|iframe|object|embed)|\b(src|href|action)\s*=|url\(|@import/i)
  }
})

t.test('unknown, long and odd tokens get an error page, for GET and POST', async (t) => {
  const { url } = await sandboxFor(t)
  for (const token of ['AAAAAAAAAAAAAAAAAAAAAA', 'x'.repeat(8_000), '%F0%9F%98%80', '__proto__']) {
    for (const init of [{}, { method: 'POST', body: new URLSearchParams({ step: 'start' }) }]) {
      const { status, headers, html, buttons } = await fetchPage(`${url}/tests/${token}`, init)
      t.equal(status, 404)
      t.equal(headers.get('content-type'), 'text/html; charset=utf-8')
      t.equal(headers.get('cache-control'), 'no-store')
      t.match(html, /<h1>There is no such assessment<\/h1>\s*<p>Check the address/)
      t.strictSame(buttons, [])
    }
  }
  const { status, html } = await fetchPage(`${url}/tests/nope`, { method: 'POST', body: new URLSearchParams({}) })
  t.equal(status, 400)
  t.match(html, 'must have required property')
})

t.test('the page needs no key, and each order has its own token', async (t) => {
  const { url } = await sandboxFor(t)
  const orders = await Promise.all(Array.from({ length: 300 }, () => postOrder(url, {})))
  t.equal(new Set(orders.map(({ body }) => body['test_url'])).size, 300)
})

t.test('opening the test initiates the order, but the HEAD request of a link preview does not', async (t) => {
  const store = memoryStore(10)
  const clock = createClock(Date.parse('2026-01-31T09:30:00.000Z'))
  const { testUrl, open } = await testOf(t, {}, {}, { store, clock })
  const kept = async () => {
    const { state, openedAt } = (await store.findOrder('acme', 'order-1')) ?? {}
    return { state, openedAt }
  }

  const head = await fetch(testUrl, { method: 'HEAD' })
  t.equal(head.status, 200)
  t.equal(head.headers.get('content-type'), 'text/html; charset=utf-8')
  t.strictSame(await kept(), { state: 'ordered', openedAt: null })
  t.equal((await fetch(`${testUrl}x`, { method: 'HEAD' })).status, 404)

  const opened = { state: 'initiated', openedAt: clock.now() }
  t.equal((await open()).state, 'initiated')
  t.strictSame(await kept(), opened)
  await clock.advance(60_000)
  t.equal((await open()).state, 'initiated')
  t.strictSame(await kept(), opened)
})

t.test('Start puts the order in progress, and every later visit shows the questions', async (t) => {
  const { open, send, result } = await testOf(t, { package: english })
  const before = await open()
  t.match(before.html, 'There are 3 questions')
  t.match(before.html, 'You need 60% to')
  t.match(before.html, 'aria-current="step">Ready<')
  t.notMatch(before.html, '<fieldset')

  t.equal((await send({ step: 'start' })).status, 303)
  for (const visit of [1, 2]) {
    const { status, state, buttons, html, chosen } = await open()
    t.equal(status, 200, `visit ${String(visit)}`)
    t.equal(state, 'in_progress')
    t.match(html, 'aria-current="step">In progress<')
    t.strictSame(buttons, ['Submit', 'Finish with this outcome'])
    t.strictSame(chosen, [])
  }
  t.equal(await result(), undefined)
})

t.test('a test can be started without opening the page, and a second start keeps the dates', async (t) => {
  const store = memoryStore(10)
  const clock = createClock(Date.parse('2026-01-31T09:30:00.000Z'))
  const { send } = await testOf(t, {}, {}, { store, clock })
  const started = { state: 'in_progress', openedAt: clock.now(), startedAt: clock.now() }

  t.equal((await send({ step: 'start' })).status, 303)
  await clock.advance(60_000)
  t.equal((await send({ step: 'start' })).status, 303)
  t.match(await store.findOrder('acme', 'order-1'), started)
})

t.test('the page asks three or four questions typical of the package, each with all its choices', async (t) => {
  const { url } = await sandboxFor(t)
  const asked = new Set<string>()
  for (const assessment of [english, programming, { name: 'Something else' }, null]) {
    const { body } = await postOrder(url, { package: assessment })
    const testUrl = body['test_url'] as string
    await fetchPage(testUrl, { method: 'POST', body: new URLSearchParams({ step: 'start' }) })
    const { html } = await fetchPage(testUrl)
    const found = [...html.matchAll(/<legend>(\d)\. ([^<]+)<\/legend>([^]*?)<\/fieldset>/g)].map(
      ([, number, text = '', choices = '']) => ({
        number,
        text: plain(text),
        choices: [...choices.matchAll(/<span>([^<]+)/g)].map(([, choice = '']) => plain(choice)),
      }),
    )
    t.ok(found.length === 3 || found.length === 4)
    t.strictSame(
      found,
      questionsFor(assessment).map(({ text, choices }, i) => ({ number: String(i + 1), text, choices })),
    )
    asked.add(found.map(({ text }) => text).join())
  }
  t.equal(asked.size, 3, 'English, programming and general questions')
})

/** Unescapes `html`. */
const plain = (html: string) => html.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))

t.test('the score is the percentage of right answers, and 60 passes', async (t) => {
  for (const [assessment, right, score, state] of [
    [english, 0, '0', 'failed'],
    [english, 1, '33', 'failed'],
    [english, 2, '67', 'passed'],
    [english, 3, '100', 'passed'],
    [programming, 1, '25', 'failed'],
    [programming, 2, '50', 'failed'],
    [programming, 3, '75', 'passed'],
    [programming, 4, '100', 'passed'],
  ] as const) {
    const { open, send, result } = await testOf(t, { package: assessment })
    await send({ step: 'start' })
    t.equal((await send(answers(assessment, right))).status, 303)

    const summary = `${String(right)} of ${String(questionsFor(assessment).length)} answers are right.`
    t.match(await result(), {
      score: { label: 'Percentage', value: score, min: '0', max: '100' },
      summary,
      result: { value: state, source_value: state === 'passed' ? 'Passed' : 'Failed' },
    })
    const page = await open()
    t.equal(page.state, state)
    t.match(page.html, `>${state === 'passed' ? 'Passed' : 'Not passed'}: ${score} of 100<`)
    t.match(page.html, summary)
    t.match(page.html, 'There is nothing left to do')
    t.match(page.html, 'aria-current="step">Done<')
    t.strictSame(page.buttons, [])
  }
})

t.test('unanswered questions are named, chosen answers stay, and nothing changes', async (t) => {
  const { open, send, result } = await testOf(t, { package: programming })
  await send({ step: 'start' })
  const { q1, q2, q3, q4 } = answers(programming, 4) as Record<'q1' | 'q2' | 'q3' | 'q4', string>
  for (const [given, notice] of [
    [{ q1, q2, q4 }, 'Question 3 has no answer.'],
    [{ q2 }, 'Questions 1, 3 and 4 have no answer.'],
    [{}, 'Questions 1, 2, 3 and 4 have no answer.'],
    // Not choices: out of range, or not a plain number.
    [{ q1: '9', q2: '-1', q3, q4: '1e0' }, 'Questions 1, 2 and 4 have no answer.'],
    [{ q1: ' 1', q2: '00', q3, q4: 'right' }, 'Questions 1, 2 and 4 have no answer.'],
  ] as const) {
    const refused = await send({ step: 'submit', ...given })
    t.equal(refused.status, 400)
    t.equal(refused.notice, `${notice} Choose an answer to every question, then submit again.`)
    t.match(refused.html, '<title>Error: Services in Go</title>')
    t.match(refused.buttons, ['Submit'])
    const kept = Object.entries(given).filter(([name, value]) => value === { q1, q2, q3, q4 }[name])
    t.strictSame(
      refused.chosen,
      kept.map((each) => each.join('=')),
    )
  }
  t.equal((await open()).state, 'in_progress')
  t.equal(await result(), undefined)
})

t.test('a test that was not started cannot be submitted', async (t) => {
  const { open, send, result } = await testOf(t, { package: english })
  for (const state of ['ordered', 'initiated']) {
    const refused = await send(answers(english, 3))
    t.equal(refused.status, 409)
    t.equal(refused.notice, 'The assessment has not been started. Press Start first.')
    t.equal(refused.state, state)
    t.match(refused.buttons, ['Start'])
    t.equal((await open()).state, 'initiated')
  }
  t.equal(await result(), undefined)
})

t.test('forms sent after the end change nothing, and the page says so', async (t) => {
  for (const outcome of outcomes) {
    const { told, store } = tellingStore()
    const { open, send, result } = await testOf(t, { package: english }, {}, { store })
    await send({ step: 'outcome', outcome, score: '7', summary: 'As it was' })
    const [before, { html }] = [await result(), await open()]
    told.length = 0

    for (const again of [
      answers(english, 3),
      { step: 'submit' },
      { step: 'start' },
      { step: 'outcome', outcome: 'completed', score: '99', summary: 'Other' },
    ]) {
      const refused = await send(again)
      t.equal(refused.status, 409)
      t.match(refused.notice, /^This assessment is already finished\. Nothing has changed\./)
      t.equal(refused.state, outcome)
      t.match(refused.html, 'As it was')
      t.strictSame(refused.buttons, [])
    }
    t.strictSame(await result(), before)
    t.equal((await open()).html, html)
    t.strictSame(told, [])
  }
})

t.test('only one of twenty concurrent submissions is accepted', async (t) => {
  const { told, store } = tellingStore()
  const { send, result } = await testOf(t, { package: english }, {}, { store })
  await send({ step: 'start' })
  const sent = await Promise.all(Array.from({ length: 20 }, (_, i) => send(answers(english, i % 4))))

  t.strictSame(sent.map(({ status }) => status).sort(), [303, ...Array.from({ length: 19 }, () => 409)])
  const right = sent.findIndex(({ status }) => status === 303) % 4
  t.match(await result(), { summary: `${String(right)} of 3 answers are right.` })
  t.strictSame(told, ['order-1 ordered', `order-1 ${right >= 2 ? 'passed' : 'failed'}`])
})

t.test('any outcome can be chosen, with or without a score and a summary, before or after the start', async (t) => {
  const clock = '2026-01-31T09:30:00.000Z'
  for (const outcome of outcomes) {
    const submission = ['passed', 'failed', 'completed'].includes(outcome) ? { submission_date: clock } : {}
    for (const isStarted of [false, true]) {
      const start = isStarted || 'submission_date' in submission ? { start_date: clock } : {}
      for (const details of [
        {},
        { score: '92.5' },
        { summary: 'Ünusual\nbut fine 😀' },
        { score: '0', summary: '0' },
      ]) {
        const { testUrl, open, send, result } = await testOf(t, {}, { clock })
        if (isStarted) await send({ step: 'start' })
        t.equal((await send({ step: 'outcome', outcome, score: '', summary: '', ...details })).status, 303)

        const { score, summary } = details
        const { id, remote_id, ...rest } = (await result()) as { id: string; remote_id: string }
        t.match([id, remote_id], [/^[\da-f-]{36}$/, /^[\da-f-]{36}$/])
        t.strictSame(rest, {
          ...(score !== undefined && { score: { label: 'Percentage', value: score, min: '0', max: '100' } }),
          ...start,
          ...submission,
          ...(summary !== undefined && { summary }),
          result: { value: outcome, source_value: outcome.charAt(0).toUpperCase() + outcome.slice(1) },
          result_url: testUrl,
        })
        const { state, html } = await open()
        t.equal(state, outcome)
        t.match(html, `class="verdict ${outcome}"`)
        t.match(html, summary ?? 'There is nothing left to do')
      }
    }
  }
})

t.test('the score of a chosen outcome may be any number from 0 to 100', async (t) => {
  const { url } = await sandboxFor(t)
  for (const score of ['0', '7', '99.999', '100', '59.000000001']) {
    const { body } = await postOrder(url, {})
    const form = new URLSearchParams({ step: 'outcome', outcome: 'passed', score })
    t.equal((await fetchPage(body['test_url'] as string, { method: 'POST', body: form })).status, 303, score)
    t.match(await call(url, 'GET', `/orders/${body['id'] as string}/results`), {
      body: { data: { score: { value: score } } },
    })
  }
})

t.test('a wrong score of a chosen outcome is refused, the form keeps its text, and nothing changes', async (t) => {
  const { open, send, result } = await testOf(t)
  await open()
  for (const score of ['101', '100.5', '-1', 'ninety', '9,5', '1e1', ' 9', '0x9', '.5', 'NaN', '٩']) {
    const refused = await send({ step: 'outcome', outcome: 'cancelled', score, summary: 'Broke & off' })
    t.equal(refused.status, 400, score)
    t.equal(
      refused.notice,
      'The score is not a number from 0 to 100. Enter a number such as 92 or 92.5, or leave the field empty.',
    )
    t.match(refused.html, `name="score" type="number" min="0" max="100" step="any" value="${score}"`)
    t.match(refused.html, />Broke &#38; off<\/textarea>/)
    t.match(refused.html, /<option selected>cancelled</)
    t.equal(refused.html.split(' selected').length, 2)
  }
  t.equal((await open()).state, 'initiated')
  t.equal(await result(), undefined)
})

t.test('an unknown or missing outcome or step is refused, and nothing changes', async (t) => {
  const { open, send, result } = await testOf(t)
  await open()
  for (const [fields, notice] of [
    [
      { step: 'outcome', outcome: 'won' },
      'body/outcome must be one of passed, failed, completed, cancelled or expired.',
    ],
    [{ step: 'outcome' }, 'body/outcome is required.'],
    [{ step: 'finish' }, 'body/step must be one of start, submit or outcome.'],
    [{ step: '__proto__' }, 'body/step must be one of start, submit or outcome.'],
    [{}, 'body must have required property &#39;step&#39;.'],
  ] as const) {
    const refused = await send(fields)
    t.equal(refused.status, 400)
    t.equal(refused.notice?.slice(0, notice.length), notice)
    t.match(refused.buttons, ['Start'])
  }
  t.equal((await open()).state, 'initiated')
  t.equal(await result(), undefined)
})

t.test('a body that the page would never send gets an error page, and nothing changes', async (t) => {
  const { testUrl, open, result } = await testOf(t)
  await open()
  const form = 'application/x-www-form-urlencoded'
  for (const [type, body, status, notice] of [
    ['text/plain', 'step=start', 400, 'Unsupported content type text/plain.'],
    ['multipart/form-data; boundary=x', '--x--', 400, 'Unsupported content type multipart/form-data'],
    [form, 'step=start&step=start', 400, 'body/step must be one of start, submit or outcome.'],
    [form, 'step=outcome&outcome=passed&summary=<b>&summary=2', 400, 'body/summary must be string.'],
    [form, `step=outcome&outcome=passed&summary=${'x'.repeat(1024 * 1024)}`, 413, 'body is larger than 1 MiB.'],
    ['application/json', '{"step":"outcome","summary":{"toString":1}}', 400, 'body/summary must be string.'],
    ['application/json', '{"step":"outcome","score":[{}]}', 400, 'body/score must be string.'],
    ['application/json', '"step"', 400, 'body must be object.'],
    ['application/json', 'null', 400, 'body must be object.'],
    ['application/json', '{', 400, 'body is not valid JSON'],
  ] as const) {
    const refused = await fetchPage(testUrl, { method: 'POST', body, headers: { 'content-type': type } })
    t.equal(refused.status, status, body.slice(0, 50))
    t.equal(refused.headers.get('content-type'), 'text/html; charset=utf-8')
    t.equal(refused.notice?.slice(0, notice.length), notice)
    t.equal(refused.state, 'initiated')
    t.notMatch(refused.html, '<b>')
  }
  t.equal((await open()).state, 'initiated')
  t.equal(await result(), undefined)
})

t.test('an internal error gets an error page without internal details', async (t) => {
  const store = memoryStore(10)
  const fail = () => Promise.reject(new Error('the store is made of cheese'))
  const { open, send } = await testOf(t, {}, {}, { store: { ...store, updateOrder: fail } })
  for (const { status, headers, html } of [await open(), await send({ step: 'start' })]) {
    t.equal(status, 500)
    t.equal(headers.get('content-type'), 'text/html; charset=utf-8')
    t.match(html, /<h1>Internal server error<\/h1>\s*<p>This is a defect /)
    t.notMatch(html, 'cheese')
  }
})

t.test('the result has the dates of start and submission, and a result_url', async (t) => {
  const clock = createClock(Date.parse('2026-01-31T09:30:00.000Z'))
  const { testUrl, open, send, result } = await testOf(t, { package: english }, {}, { clock })
  await open()
  await clock.advance(60_000)
  await send({ step: 'start' })
  await clock.advance(600_000)
  await send(answers(english, 3))

  t.match(await result(), {
    start_date: '2026-01-31T09:31:00.000Z',
    submission_date: '2026-01-31T09:41:00.000Z',
    result_url: testUrl,
  })
})

t.test('clearing the result reopens the test where the candidate left off', async (t) => {
  const { open, send, patch, result } = await testOf(t, { package: english })
  const clear = () => patch({ result: null })
  await open()
  await send({ step: 'outcome', outcome: 'expired' })
  await clear()
  t.match(await open(), { state: 'initiated', buttons: ['Start', 'Finish with this outcome'] })

  await send({ step: 'start' })
  await send(answers(english, 0))
  t.match(await result(), { result: { value: 'failed' } })
  await clear()
  t.match(await open(), { state: 'in_progress', buttons: ['Submit', 'Finish with this outcome'] })

  t.equal((await send(answers(english, 3))).status, 303)
  t.match(await result(), { result: { value: 'passed' }, score: { value: '100' } })

  await clear()
  await send({ step: 'outcome', outcome: 'cancelled' })
  t.match(await result(), { result: { value: 'cancelled' }, score: null, summary: null, submission_date: null })
})

t.test('the page shows each result state, with the actions that it allows', async (t) => {
  const { open, send, patch } = await testOf(t)
  const shown: Record<string, [step: string, button: string | undefined, verdict: string | undefined]> = {}
  for (const value of resultValues) {
    await patch({ result: { value }, score: value === 'passed' ? { value: '4' } : null })
    const { state = '', html, buttons } = await open()
    t.equal(state, value)
    const [, step = ''] = /aria-current="step">([^<]+)/.exec(html) ?? []
    shown[state] = [step, buttons[0], /class="verdict[^>]+>([^<]+)/.exec(html)?.[1]]
    t.equal((await send({ step: 'dance' })).state, value)
  }
  t.strictSame(shown, {
    initiated: ['Ready', 'Start', undefined],
    in_progress: ['In progress', 'Submit', undefined],
    cancelled: ['Done', undefined, 'Cancelled'],
    completed: ['Done', undefined, 'Completed'],
    expired: ['Done', undefined, 'Expired'],
    failed: ['Done', undefined, 'Not passed'],
    passed: ['Done', undefined, 'Passed: 4'],
    unmapped_value: ['Done', undefined, 'Finished'],
  })
})

t.test('a test that the provider reports as in progress can be submitted without Start', async (t) => {
  const clock = '2026-01-31T09:30:00.000Z'
  const { send, patch, result } = await testOf(t, { package: english }, { clock })
  await patch({ result: { value: 'in_progress' } })
  t.equal((await send(answers(english, 3))).status, 303)
  t.match(await result(), { result: { value: 'passed' }, start_date: clock, submission_date: clock })
})

t.test('the page works behind a path prefix', async (t) => {
  let target = ''
  const proxy = createServer((request, response) => {
    const path = /^\/sandbox(\/.*)/.exec(request.url ?? '')?.[1]
    if (path === undefined) return response.writeHead(502).end('only /sandbox is served here')
    const { method, headers } = request
    const forwarded = httpRequest(target + path, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    return request.pipe(forwarded)
  })
  const port = await listenFor(t, proxy)
  const publicUrl = `http://127.0.0.1:${String(port)}/sandbox`
  const { url, testUrl, open, send } = await testOf(t, { package: english }, { publicUrl })
  target = url

  t.ok(testUrl.startsWith(`${publicUrl}/tests/`))
  t.equal((await open()).status, 200)
  const { status, headers } = await send({ step: 'start' })
  t.equal(status, 303)
  const next = new URL(headers.get('location') ?? '', testUrl).href
  t.equal(next, testUrl)
  t.equal((await fetchPage(next)).state, 'in_progress')
})

t.test('an e-mail address whose local part ends in an outcome finishes the test right after the order', async (t) => {
  const clock = '2026-01-31T09:30:00.000Z'
  const scores: Record<string, string> = { passed: '92', failed: '41', completed: '75' }
  for (const outcome of outcomes) {
    const { told, store } = tellingStore()
    const candidate = { emails: [{ value: 'mia@example.com' }, { value: `mia.l+${outcome}@example.com` }] }
    const { testUrl, open, result } = await testOf(t, { candidate }, { clock }, { store })

    const score = scores[outcome]
    t.match(await result(), {
      ...(score !== undefined && { score: { value: score, max: '100' }, submission_date: clock }),
      start_date: clock,
      summary: `Finished automatically: +${outcome} in the e-mail address requests it.`,
      result: { value: outcome },
      result_url: testUrl,
    })
    t.equal('score' in ((await result()) ?? {}), score !== undefined)
    t.strictSame(told, ['order-1 ordered', `order-1 ${outcome}`])
    const { state, buttons } = await open()
    t.equal(state, outcome)
    t.strictSame(buttons, [])
  }
})

t.test('the outcome in an e-mail address ignores case, and the first address with an outcome counts', async (t) => {
  const { url } = await sandboxFor(t)
  for (const [state, ...emails] of [
    ['passed', 'MIA+Passed@Example.com'],
    ['failed', '+FAILED@example.com'],
    ['expired', 'mia@example.com', null, '', 'mia+expired@example.com', 'mia+passed@example.com'],
    ['cancelled', 'mia+passed+cancelled@example.com'],
    ['completed', '"a@b"+completed@example.com'],
  ] as const) {
    const { body } = await postOrder(url, {
      candidate: { emails: [{ type: 'work' }, ...emails.map((value) => ({ value }))] },
    })
    const result = await call(url, 'GET', `/orders/${body['id'] as string}/results`)
    t.match(result, { status: 200, body: { data: { result: { value: state } } } }, emails.join())
  }
})

t.test('an outcome elsewhere in an e-mail address or in the order finishes nothing', async (t) => {
  const { url } = await sandboxFor(t)
  const email = (value: string | null) => ({ candidate: { emails: [{ value }] } })
  for (const order of [
    email('mia+passed.x@example.com'),
    email('mia+passed+x@example.com'),
    email('mia+passedx@example.com'),
    email('mia.passed@example.com'),
    email('passed@example.com'),
    email('mia@passed.example.com'),
    email('mia@example.com+passed'),
    email('mia+passed@example.com@example.com'),
    email('mia+in_progress@example.com'),
    email('mia+passed'),
    email(null),
    { candidate: { emails: [] } },
    { candidate: { emails: null, first_name: 'mia+passed@example.com' } },
    { requester: { email: 'ilan+passed@example.com' } },
  ]) {
    const { status, body } = await postOrder(url, order)
    t.equal(status, 200)
    t.match(await call(url, 'GET', `/orders/${body['id'] as string}/results`), { status: 404 }, JSON.stringify(order))
    t.equal((await fetchPage(body['test_url'] as string)).state, 'initiated')
  }
})

t.test('an order that finished automatically does not finish again when repeated', async (t) => {
  const { told, store } = tellingStore()
  const clock = createClock(Date.parse('2026-01-31T09:30:00.000Z'))
  const order = { id: 'order-1', candidate: { emails: [{ value: 'mia+failed@example.com' }] } }
  const { url, testUrl, patch, result } = await testOf(t, order, {}, { clock, store })
  const first = await result()
  await clock.advance(60_000)
  t.match(await postOrder(url, order), { status: 200, body: { test_url: testUrl } })
  t.strictSame(await result(), first)
  t.strictSame(told, ['order-1 ordered', 'order-1 failed'])

  await patch({ result: null })
  await postOrder(url, order)
  t.match(await result(), { result: null })
  t.strictSame(told, ['order-1 ordered', 'order-1 failed', 'order-1 in_progress'])
})
