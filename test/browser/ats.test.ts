import type { BrowserContextOptions, Page } from 'playwright-core'
import t, { type Test } from 'tap'
import type { SandboxOptions } from '../../src/index'
import { passesAxe } from '../support/axe'
import { closeBrowser, pageFor, skip } from '../support/chromium'
import { receiverFor } from '../support/receiver'
import { sandboxFor } from '../support/sandbox'
import { until } from '../support/until'

t.teardown(closeBrowser)

const noon = '2026-01-31T12:00:00.000Z'

/** An ATS in which it is clear who applied for what. */
const ats = {
  departments: [{ id: 'dep-1', name: 'Harbour' }],
  locations: [{ id: 'loc-1', name: 'Galway' }],
  application_stages: [
    { id: 'stage-1', name: 'Applied', order: 1 },
    { id: 'stage-2', name: 'Assessment', order: 2 },
  ],
  users: [{ id: 'user-1' }],
  jobs: [
    {
      id: 'job-1',
      title: 'Pilot',
      department_ids: ['dep-1'],
      location_ids: ['loc-1'],
      job_status: { value: 'open', source_value: 'Hiring' },
      description: 'You bring ships in.',
      hiring_team: [{ user_id: 'user-1', first_name: 'Ilan', last_name: 'Okafor', role: 'Recruiter' }],
    },
    { id: 'job-2', title: 'Lighthouse keeper' },
  ],
  candidates: [
    {
      id: 'cand-1',
      first_name: 'Mia',
      last_name: 'Lindqvist',
      email: 'mia@example.com',
      phone: '+46 70 555 01 31',
      application_ids: ['app-1', 'app-3'],
    },
    { id: 'cand-2', name: 'Noor Haddad' },
  ],
  applications: [
    {
      id: 'app-1',
      candidate_id: 'cand-1',
      job_id: 'job-1',
      candidate: { name: 'Mia Lindqvist', email: 'mia@example.com' },
      application_stage: { id: 'stage-1', name: 'Applied' },
      application_stage_id: 'stage-1',
      created_at: '2026-01-30T12:00:00.000Z',
      documents: [
        { id: 'doc-1', name: 'Résumé', remote_url: 'https://ats.example.com/files/1.pdf' },
        { id: 'doc-2', name: 'Trap', remote_url: 'javascript:alert(1)' },
      ],
    },
    {
      id: 'app-2',
      candidate_id: 'cand-2',
      job_id: 'job-1',
      application_status: { value: 'rejected', source_value: 'Rejected' },
      created_at: '2026-01-29T12:00:00.000Z',
    },
    { id: 'app-3', candidate_id: 'cand-1', job_id: 'job-2' },
  ],
}

const packages = [
  { id: 'baking', name: 'Baking basics', description: 'Doughs and timing, in forty minutes' },
  { id: 'pastry', name: 'Pastry' },
]

/** A provider whose packages endpoint answers with `answers.packages`. */
async function provider(t: Test) {
  const answers: { packages: unknown } = { packages: { next: null, data: packages } }
  const receiver = await receiverFor(t, (response, { path }) => {
    response.setHeader('content-type', 'application/json')
    response.end(path === '/packages' ? JSON.stringify(answers.packages) : '{}')
  })
  return { ...receiver, answers }
}

/** Opens the ATS of a sandbox in its own browser window. */
async function opened(t: Test, hash = '#/ats', options: SandboxOptions = {}, browser: BrowserContextOptions = {}) {
  const sandbox = await sandboxFor(t, { clock: noon, ats, ...options })
  const watched = await pageFor(t, browser)
  await watched.page.goto(`${sandbox.url}/_sandbox/ui${hash}`)
  return { sandbox, acme: sandbox.account('acme'), ...watched }
}

const mias = '#/ats/applications/app-1?account=acme'

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const rows = (page: Page) => page.locator('.list-pane .rows a')
const detail = (page: Page) => page.getByRole('article')
const texts = (page: Page) => rows(page).allTextContents()

t.test('a provider is demonstrated in the ATS alone, from the job to the result', { skip }, async (t) => {
  const { url, received, answers } = await provider(t)
  const { page, sandbox, acme, complaints } = await opened(t, '', {
    webhooks: [`${url}/hook`],
    packagesUrl: `${url}/packages#whsec_1`,
  })
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'ATS' }).click()
  await page.getByText('2 jobs.').waitFor()
  t.match(await texts(page), [/^Pilot2 applicationsHarbour · GalwayHiring$/, /^Lighthouse keeper1 application/])
  await rows(page).getByText('Pilot').click()
  await page.getByText('2 applications.').waitFor()
  // The page knows the time once it is live.
  await rows(page).getByText('1 d ago').waitFor()
  t.match(await texts(page), [/^Mia Lindqvist1 d agomia@example.comApplied$/, /^Noor Haddad.*Rejected$/])
  await detail(page).getByText('You bring ships in.').waitFor()
  await rows(page).getByText('Mia Lindqvist').click()
  await detail(page).getByText('+46 70 555 01 31').waitFor()
  t.match(page.url(), /#\/ats\/applications\/app-1\?account=acme$/)

  await button(page, 'Send test').click()
  await page.getByText('Asked').waitFor()
  t.match(received, [{ path: '/packages', json: { job_id: 'job-1', account_id: 'acme' } }])
  await page.getByRole('radio', { name: /^Baking basics baking.*Doughs/ }).check()
  await button(page, 'Order assessment baking').click()
  const test = detail(page).locator('.test')
  await test.getByText('ordered', { exact: true }).waitFor()
  await page.getByText('Ordered: Baking basics.').waitFor()
  await test.getByText('delivered').waitFor()
  await rows(page).getByText('test: ordered').waitFor()
  t.match(await acme.orders.list(), [{ order: { application: { id: 'app-1' }, candidate: { id: 'cand-1' } } }])

  const [candidate] = await Promise.all([
    page.context().waitForEvent('page'),
    test.getByRole('link', { name: 'Take the test as the candidate' }).click(),
  ])
  await test.getByText('opened', { exact: true }).waitFor()
  await candidate.getByRole('button', { name: 'Start' }).click()
  await test.getByText('in progress').waitFor()
  const [order] = await acme.orders.list()
  const reported = await fetch(`${sandbox.url}/unified/ats/assessments/orders/${String(order?.id)}/result`, {
    method: 'PATCH',
    headers: { authorization: `Basic ${btoa('sandbox:')}`, 'x-account-id': 'acme', 'content-type': 'application/json' },
    body: JSON.stringify({
      score: { value: '92', max: '100' },
      result: { value: 'passed' },
      summary: 'Quick and thorough',
      result_url: 'https://provider.example.com/results/77',
    }),
  })
  t.equal(reported.status, 200)
  await test.getByText('passed').waitFor()
  t.match(await test.textContent(), /92 of 100.*Quick and thorough/)
  t.equal(
    await test.getByRole('link', { name: 'Result page' }).getAttribute('href'),
    'https://provider.example.com/results/77',
  )
  await detail(page).getByRole('link', { name: 'Baking basics: passed' }).waitFor()
  await rows(page).getByText('test: passed').waitFor()

  // The other package is withdrawn after the recruiter saw it.
  await button(page, 'Send test').click()
  await page.getByRole('radio', { name: /^Pastry/ }).check()
  answers.packages = { next: null, data: packages.slice(0, 1) }
  await button(page, 'Order assessment pastry').click()
  const refusal = page.getByRole('region', { name: 'Send test' }).getByRole('alert')
  t.match(await refusal.textContent(), /pastry.*baking/, 'refused, with what to do about it')
  t.equal((await acme.orders.list()).length, 1)

  await test.getByRole('link', { name: 'Deliveries' }).click()
  await page.getByText(/^2 of \d deliveries$/).waitFor()
  t.strictSame(complaints, [])
})

t.test('what is wrong with the packages endpoint is shown by its place, until it is right', { skip }, async (t) => {
  const { url, answers } = await provider(t)
  answers.packages = { next: null, data: [{ id: 7, name: 'Baking' }, { name: 'Pastry' }] }
  const { page } = await opened(t, mias, { packagesUrl: `${url}/packages` })
  await button(page, 'Send test').click()
  const problems = page.getByRole('region', { name: 'Send test' }).getByRole('alert')
  t.match(await problems.textContent(), /2 problems.*data\/0\/id must be string.*data\/1 must have required/)
  t.match(await page.getByRole('group', { name: 'Packages, request: body' }).textContent(), '"job_id": "job-1"')
  t.match(await page.getByRole('group', { name: 'Packages, answer: body' }).textContent(), '"id": 7')
  t.equal(await page.getByRole('radio').count(), 0)

  answers.packages = { next: null, data: [...packages, ...packages] }
  await button(page, 'Ask again').click()
  await problems.getByText('data/2/id').waitFor()
  t.equal(await page.getByRole('radio').count(), 4, 'what came is shown all the same')
  answers.packages = { next: null, data: packages }
  await button(page, 'Ask again').click()
  await problems.waitFor({ state: 'detached' })
  await page.getByRole('radio', { name: /^Baking/ }).waitFor()

  await page.getByText('Change the packages endpoint').click()
  await page.getByRole('textbox', { name: 'URL' }).fill('http://127.0.0.1:1/packages')
  await button(page, 'Set for acme').click()
  await problems.getByText(/127\.0\.0\.1:1/).waitFor()
})

t.test('without a packages endpoint, one is set in place; until then the sandbox has packages', { skip }, async (t) => {
  const { url } = await provider(t)
  const { page, acme } = await opened(t, mias)
  await button(page, 'Send test').click()
  await page.getByText('No packages endpoint is set for acme').waitFor()
  await page.getByText('30 on offer').waitFor()
  await page.getByRole('searchbox', { name: 'Search packages' }).fill('sql')
  await page.getByRole('radio', { name: /^SQL queries/ }).check()
  await button(page, 'Order assessment pkg_sql_queries').click()
  const test = detail(page).locator('.test')
  await test.getByText('SQL queries').waitFor()
  await button(page, /^Cancel order/).click()
  await test.getByText('cancelled').waitFor()
  t.match(await acme.orders.list(), [{ state: 'cancelled' }])

  await button(page, 'Send test').click()
  await button(page, 'Background check').click()
  await page.getByRole('radio', { name: /^Basic check.*Tests: Identity/ }).check()
  await button(page, 'Order background check check_basic').click()
  await test.getByText('background check').waitFor()

  await button(page, 'Send test').click()
  await page.getByText('Set the packages endpoint').click()
  await page.getByRole('textbox', { name: 'URL' }).fill(`${url}/packages`)
  await page.getByRole('textbox', { name: 'Signing secret' }).fill('whsec_1')
  await page.getByRole('textbox', { name: 'API key' }).fill('key:')
  await button(page, 'Set for acme').click()
  await page.getByRole('radio', { name: /^Baking/ }).waitFor()
  t.match(await acme.packages.endpoint(), { url: `${url}/packages`, isAuthenticated: true, isAsked: true })
  await page.getByText('Change the packages endpoint').click()
  await button(page, 'Remove the packages endpoint').click()
  await page.getByText('No packages endpoint is set for acme').waitFor()
})

t.test('an ATS that makes its own packages is not asked about', { skip }, async (t) => {
  const { url } = await provider(t)
  const { page } = await opened(t, '#/ats/applications/app-1?account=sandbox-workday', {
    packagesUrl: `${url}/packages`,
  })
  await button(page, 'Send test').click()
  await page.getByText('The packages endpoint isn’t asked').waitFor()
})

t.test('on a fresh sandbox, one click leads to a full ATS', { skip }, async (t) => {
  const sandbox = await sandboxFor(t)
  const { page } = await pageFor(t)
  await page.goto(sandbox.url)
  await page.getByRole('link', { name: 'ATS' }).click()
  await page.getByText('12 jobs.').waitFor()
  t.match(page.url(), /#\/ats\?account=acme$/)
  t.equal(await page.title(), 'ATS of acme · Assessments sandbox')
})

t.test('with several accounts, the ATS asks whose it is to show', { skip }, async (t) => {
  const { page } = await opened(t, '#/ats', { accounts: ['globex:greenhouse', 'initech'] })
  await page.getByText('Select an account').waitFor()
  t.match(await texts(page), [/^globexGreenhouse$/, /^initech/])
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.getByText('2 jobs.').waitFor()
  t.match(page.url(), /account=globex$/)
})

t.test('the ATS is walked through by keyboard, and its links show the same again', { skip }, async (t) => {
  const { page } = await opened(t, '#/ats?account=acme')
  await page.getByText('2 jobs.').waitFor()
  const focused = () => page.evaluate<string>("document.activeElement.closest('.row')?.dataset.key ?? ''")
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  await press('/')
  await page.keyboard.type('pilot')
  await page.getByText('1 job.').waitFor()
  await press('Enter')
  await page.evaluate('document.activeElement.blur()')
  await press('j', 'Enter')
  await page.getByText('2 applications.').waitFor()
  await press('j', 'j', 'k')
  t.equal(await focused(), 'app-1')
  await press('Enter')
  await detail(page).getByRole('heading', { name: 'Mia Lindqvist' }).waitFor()
  await page.reload()
  await detail(page).getByRole('heading', { name: 'Mia Lindqvist' }).waitFor()
  await page.getByText('2 applications.').waitFor()
  await press('Escape')
  await detail(page).getByRole('heading', { name: 'Pilot' }).waitFor()
  await press('Escape')
  await page.getByText('2 jobs.').waitFor()
  await until(async () => (await focused()) === 'job-1')
  await page.goBack()
  await page.getByText('2 applications.').waitFor()
})

t.test('applications are found by candidate and stage, and a move shows at once', { skip }, async (t) => {
  const { page, acme } = await opened(t, '#/ats/jobs/job-1?account=acme')
  await page.getByText('2 applications.').waitFor()
  await page.getByRole('combobox', { name: 'Stage' }).selectOption('Applied (1)')
  await page.getByText('1 application.').waitFor()
  await rows(page).getByText('Mia Lindqvist').click()
  await page.getByRole('combobox', { name: 'Move to' }).waitFor()
  await button(page, 'Move').click()
  await page.locator('.pipeline [aria-current]').getByText('Assessment').waitFor()
  await page.getByRole('heading', { name: 'No matching applications' }).waitFor()
  t.match(page.url(), /stage=stage-1/)
  t.match(await acme.ats.applications.get('app-1'), { application_stage_id: 'stage-2' })

  // What a test does meanwhile shows as well.
  await page.getByRole('combobox', { name: 'Stage' }).selectOption('All stages (2)')
  await page.getByRole('searchbox', { name: 'Search candidates' }).fill('mia')
  await page.getByText('1 application.').waitFor()
  await acme.ats.candidates.update('cand-1', { first_name: 'Maja', name: 'Maja Lindqvist', email: 'mia@example.com' })
  await rows(page).getByText('Maja Lindqvist').waitFor()
  await detail(page).getByRole('heading', { name: 'Maja Lindqvist' }).waitFor()

  t.equal(await detail(page).getByRole('link', { name: 'Résumé' }).count(), 1)
  t.equal(await page.locator('[href^="javascript:"]').count(), 0)
  await detail(page).getByRole('link', { name: 'Lighthouse keeper' }).click()
  await detail(page).getByText('app-3', { exact: true }).waitFor()
})

t.test('an ATS without jobs, and an application that does not exist, say so', { skip }, async (t) => {
  const { page } = await opened(t, '#/ats?account=acme', { ats: {} })
  await page.getByRole('heading', { name: 'No jobs' }).waitFor()
  await page.goto(page.url().replace(/#.*/, '#/ats/applications/nope?account=acme'))
  await page.getByText('No application with the id nope').waitFor()
})

t.test('on a phone, the back links lead from the candidate to the jobs', { skip }, async (t) => {
  const { page } = await opened(t, mias, {}, { viewport: { width: 390, height: 844 } })
  await detail(page).getByRole('heading', { name: 'Mia Lindqvist' }).waitFor()
  await page.getByRole('link', { name: '← Pilot' }).click()
  await page.getByText('2 applications.').waitFor()
  await page.getByRole('link', { name: '← Jobs' }).click()
  await page.getByText('2 jobs.').waitFor()
})

t.test('axe finds nothing in the ATS, light or dark, and nothing overflows', { skip }, async (t) => {
  const { url, answers } = await provider(t)
  const { page, sandbox, acme } = await opened(t, '#/ats?account=acme', {
    webhooks: [`${url}/hook`],
    packagesUrl: `${url}/packages`,
  })
  const check = (what: string) => passesAxe(t, page, what)
  await page.getByText('2 jobs.').waitFor()
  await check('jobs')
  await rows(page).getByText('Pilot').click()
  await detail(page).getByText('You bring ships in.').waitFor()
  await check('a job')
  await acme.orders.create({ id: 'order-1', application: { id: 'app-1' }, package: { id: 'baking' } })
  await acme.orders.complete('order-1', { score: 92, summary: 'Quick' })
  await acme.orders.create({ id: 'order-2', application: { id: 'app-1' }, package: { id: 'pastry' } })
  await sandbox.clock.advance(0)
  await page.setViewportSize({ width: 1024, height: 900 })
  await rows(page).getByText('Mia Lindqvist').click()
  await detail(page).getByText('ordered', { exact: true }).waitFor()
  await button(page, 'Send test').click()
  await page.getByRole('radio', { name: /^Baking/ }).check()
  await page.getByText('Change the packages endpoint').click()
  await check('an application')
  answers.packages = { data: [{ id: 7 }] }
  await button(page, 'Ask again').click()
  await page.getByText('data/0/id').first().waitFor()
  await check('problems of the packages endpoint')
  await page.goto(page.url().replace(/#.*/, '#/ats'))
})
