import t, { type Test } from 'tap'
import { callChecks, sandboxFor } from '../support/sandbox'

/** Orders a background check and returns its page. */
async function pageOf(t: Test, order: object = {}) {
  const sandbox = await sandboxFor(t)
  const { body } = await callChecks(sandbox.url, 'POST', '/orders', { id: 'check-7', ...order })
  const url = String(body['test_url'])
  const read = async (init?: RequestInit) => {
    const response = await fetch(url, init)
    const html = await response.text()
    return {
      status: response.status,
      html,
      text: html
        .replace(/<style>[^]*?<\/style>/, '')
        .replace(/<[^>]+>/g, ' ')
        .replace(/\s+/g, ' '),
      state: /State<\/dt>\s*<dd>(\w+)/.exec(html)?.[1],
      notice: /role="alert">([^]*?)<\/div>/.exec(html)?.[1]?.replace(/<[^>]+>/g, ''),
    }
  }
  return {
    open: () => read(),
    send: (fields: Record<string, string>) => read({ method: 'POST', body: new URLSearchParams(fields) }),
    order: () => sandbox.account('acme').orders.get('check-7'),
    url: sandbox.url,
  }
}

t.test('the candidate of a background check starts, consents and submits: it passes', async (t) => {
  const tests = [{ id: 'test_identity', name: 'Identity' }, { id: 'test_<b>' }, {}]
  const page = await pageOf(t, { package: { id: 'check_mine', name: 'My check', tests } })
  const opened = await page.open()
  t.equal(opened.state, 'initiated')
  t.match(opened.text, /My check Your background check/)
  t.match(
    opened.text,
    /There are no questions: you only have to give your consent\. .* Identity test_&#60;b&#62; Start/,
  )
  t.notMatch(opened.html, /assessment/i)

  const started = await page.send({ step: 'start' })
  t.equal(started.state, 'in_progress')
  t.match(started.text, /Identity test_&#60;b&#62; Your consent I consent to this background check\. Submit/)
  t.match(started.html, /<input type="checkbox" name="consent" value="yes" required/)

  for (const fields of [{}, { consent: '' }] as Record<string, string>[]) {
    const refused = await page.send({ step: 'submit', ...fields })
    t.equal(refused.status, 400)
    t.match(refused.notice, 'Your consent is missing. Tick the box, then submit again.')
    t.equal(refused.state, 'in_progress')
  }
  t.match(await page.order(), { state: 'in_progress', result: null })

  const done = await page.send({ step: 'submit', consent: 'yes' })
  t.equal(done.state, 'passed')
  t.match(done.text, 'Passed The candidate consented, and all checks are clear.')
  t.match(done.text, 'The background check is finished. There is nothing left to do.')
  const { state, result } = await page.order()
  t.equal(state, 'passed')
  t.match(result, { result: { value: 'passed' }, start_date: /Z$/, submission_date: /Z$/ })
  t.notOk(result && 'score' in result)

  const again = await page.send({ step: 'start' })
  t.equal(again.status, 409)
  t.match(again.notice, 'This background check is already finished.')
})

t.test('a background check without a package is still named on its page', async (t) => {
  const page = await pageOf(t)
  const { html, text } = await page.open()
  t.match(html, '<title>Your background check</title>')
  t.match(html, /<h1 dir="auto">Your background check<\/h1>/)
  t.notMatch(text, 'The package covers')
  const early = await page.send({ step: 'submit', consent: 'yes' })
  t.equal(early.status, 409)
  t.match(early.notice, 'The background check has not been started. Press Start first.')
})

t.test('the outcome of a background check can be chosen on its page', async (t) => {
  const page = await pageOf(t)
  t.match((await page.open()).text, 'Not part of the check. It ends immediately')
  t.equal((await page.send({ step: 'outcome', outcome: 'failed', summary: 'Invented degree' })).state, 'failed')
  t.match(await page.order(), { state: 'failed', result: { summary: 'Invented degree' } })
})
