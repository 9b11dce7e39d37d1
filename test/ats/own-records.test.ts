import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { readAts } from '../../src/ats/read-ats'
import { run, serving } from '../support/command-line'
import { found, idsOf, listed, read } from '../support/ats'
import { blocksRunBy } from '../support/documents'
import { sandboxFor } from '../support/sandbox'

const ats = {
  candidates: [
    {
      id: 'cand-1',
      remote_id: 'r-cand-1',
      first_name: 'Mia',
      last_name: 'Lindqvist',
      emails: [{ type: 'personal', value: 'mia@example.com' }],
      application_ids: ['app-1'],
    },
  ],
  jobs: [{ id: 'job-1', title: 'Back-end engineer', hiring_team: [{ user_id: 'user-1', role: 'Hiring manager' }] }],
  applications: [{ id: 'app-1', candidate_id: 'cand-1', job_id: 'job-1', application_status: { value: 'active' } }],
  users: [{ id: 'user-1', first_name: 'Noor' }],
}

async function fileWith(t: Test, text: string) {
  const file = join(t.testdir({}), 'ats.json')
  await writeFile(file, text)
  return file
}

t.test('an ATS of your own, as an option, replaces the invented one of every account', async (t) => {
  const { url } = await sandboxFor(t, { ats })
  for (const account of ['acme', 'globex']) {
    t.strictSame(await listed(url, 'candidates', '', account), ats.candidates)
    t.strictSame(await found(url, 'jobs', 'job-1', '', account), ats.jobs[0])
    t.strictSame(await listed(url, 'departments', '', account), [], 'what it lacks is empty')
  }
  t.strictSame(idsOf(await listed(url, 'candidates', '&filter[email]=MIA@example.com')), ['cand-1'])
  t.strictSame(await listed(url, 'candidates', '&filter[email]=other@example.com'), [])
  t.strictSame(await listed(url, 'jobs', '&filter[job_status]=open'), [], 'a job without a status')
  t.strictSame(await listed(url, 'jobs', '&filter[created_after]=2020-01-01'), [], 'a job without a date')
  t.match(await read(url, '/unified/ats/candidates/r-cand-1'), { status: 200 })
})

t.test('an order is about the application of your own ATS', async (t) => {
  const sandbox = await sandboxFor(t, { ats })
  const { order } = await sandbox.orders.create()
  t.match(order, {
    application: { id: 'app-1', application_status: { value: 'active' } },
    candidate: { id: 'cand-1', remote_id: 'r-cand-1', first_name: 'Mia' },
    job: { id: 'job-1', remote_id: null, title: 'Back-end engineer', hiring_team: [{ user_id: 'user-1' }] },
    requester: { user_id: 'user-1' },
  })
})

t.test('records of your own may be sparse: orders fill in null', async (t) => {
  const sandbox = await sandboxFor(t, {
    ats: {
      candidates: [{ id: 'cand-1', name: 'Mia L.' }, { id: 'cand-2' }],
      jobs: [{ id: 'job-1', job_status: null }],
      applications: [
        { id: 'app-1', candidate_id: 'cand-1', job_id: 'job-1', application_status: null },
        { id: 'app-2' },
      ],
      users: [{ id: 'user-1' }],
    },
  })
  const { order } = await sandbox.orders.create({ application: { id: 'app-1' } })
  t.match(order, {
    application: { id: 'app-1', remote_id: null, application_status: null },
    candidate: { id: 'cand-1', remote_id: null, first_name: null, last_name: null, emails: null },
    job: { id: 'job-1', remote_id: null, title: null, hiring_team: null },
    requester: { user_id: 'user-1', remote_user_id: null, first_name: null, last_name: null, email: null },
  })
  t.match(await found(sandbox.url, 'candidates', 'cand-1'), { name: 'Mia L.' })
  const alone = await sandbox.orders.create({ application: { id: 'app-2', application_status: { value: 'offer' } } })
  t.match(alone.order, { candidate: { id: /^cand_/ }, job: { id: /^job_/ } })
  t.match(await found(sandbox.url, 'applications', 'app-2'), { candidate_id: alone.order.candidate?.id })
  await sandbox.orders.create({ candidate: { id: 'cand-1', emails: [{}] }, job: { title: 'Cook' } })
  t.match(await found(sandbox.url, 'candidates', 'cand-1'), { name: 'Mia L.', email: null, application_ids: [/^app_/] })

  const { id } = await sandbox.ats.applications.add({ id: 'app-3', remote_id: null, candidate_id: 'cand-2' })
  t.strictSame((await found(sandbox.url, 'candidates', 'cand-2'))['application_ids'], [id])
  t.strictSame((await found(sandbox.url, 'candidates', 'cand-2'))['remote_application_ids'], [])
  await sandbox.ats.candidates.add({ id: 'cand-3', application_ids: ['app-3'] })
  await sandbox.ats.applications.add({ id: 'app-4', candidate_id: 'cand-3' })
  t.strictSame((await found(sandbox.url, 'candidates', 'cand-3'))['application_ids'], ['app-3', 'app-4'])
  const fresh = await sandbox.orders.create({ application: { id: 'fresh' } })
  t.match(fresh.order.job, { id: /^job_/ }, 'a job without a status is not one that hires')
})

t.test('an order needs nothing of an ATS: an empty one will do', async (t) => {
  const sandbox = await sandboxFor(t, { ats: {} })
  const { order } = await sandbox.orders.create()
  t.match(order, { candidate: { id: /^cand_/ }, job: { id: /^job_/ }, application: { id: /^app_/ }, requester: null })
  t.match(await found(sandbox.url, 'applications', order.application?.id), {
    candidate_id: order.candidate?.id,
    job_id: order.job?.id,
  })
  await t.rejects(sandbox.ats.applications.move(String(order.application?.id)), {
    statusCode: 400,
    message: /the ATS of the account has no application stages/,
  })
})

t.test('--ats reads a JSON file, and SANDBOX_ATS too', async (t) => {
  const file = await fileWith(t, `\uFEFF${JSON.stringify(ats)}`)
  const { url } = await serving(t, ['--ats', file])
  t.strictSame(idsOf(await listed(url, 'applications')), ['app-1'])
  const other = await serving(t, [], { SANDBOX_ATS: file })
  t.strictSame(idsOf(await listed(other.url, 'applications')), ['app-1'])
})

t.test('a wrong ATS is refused at the start with exit code 1, and its place named', async (t) => {
  async function refused(args: string[], env = {}) {
    const attempt = run(t, ['--port', '0', ...args], env)
    const [code] = await attempt.exit
    return `${String(code)} ${attempt.stderr().trim()}`
  }
  t.equal(await refused(['--ats', '/nowhere.json']), '1 --ats must be a JSON file, but there is no /nowhere.json.')
  t.match(await refused([], { SANDBOX_ATS: await fileWith(t, '{"jobs":') }), /^1 SANDBOX_ATS must be .* is not JSON \(/)
  const dangling = JSON.stringify({ ...ats, users: [{ id: 'user-2' }] })
  t.equal(
    await refused(['--ats', await fileWith(t, dangling)]),
    '1 --ats/jobs/0/hiring_team/0/user_id is user-1, which is not in users; the nearest there is user-2.',
  )
})

t.test('the guide shows an ATS of your own, and what a mistake in it is answered', async (t) => {
  const [shown, mistake] = blocksRunBy(__filename).map(({ code }) => code)
  const own = JSON.parse(String(shown)) as typeof ats
  const { url } = await sandboxFor(t, { ats: own })
  t.match(await found(url, 'applications', 'app_1'), { candidate_id: 'cand_1', job_id: 'job_1' })
  const wrong = JSON.parse(String(shown).replace('"job_id": "job_1"', '"job_id": "job_2"')) as typeof ats
  t.throws(() => readAts(wrong, '--ats'), { message: String(mistake).trim() })
})

t.test('each mistake in an ATS of your own is reported with its place', (t) => {
  const problem = (given: object) => {
    try {
      readAts(given, 'ats')
      return 'none'
    } catch (error) {
      return (error as Error).message
    }
  }
  t.equal(problem(ats), 'none')
  t.equal(problem({ jobs: null }), 'none')
  t.match(problem([]), 'ats must be an object with lists of records: candidates, applications, jobs,')
  t.match(problem({ candidate: [] }), 'ats has candidate, which is not one of candidates, applications')
  t.equal(problem({ jobs: {} }), 'ats/jobs must be a list.')
  t.equal(problem({ jobs: ['x'] }), 'ats/jobs/0 must be object; ats/jobs/0 must have an id.')
  t.equal(problem({ jobs: [{ title: 'Cook' }] }), 'ats/jobs/0 must have an id.')
  t.equal(problem({ jobs: [{ id: '' }] }), 'ats/jobs/0 must have an id.')
  t.equal(problem({ jobs: [{ id: 'a', title: 3 }] }), 'ats/jobs/0/title must be string or null.')
  t.match(problem({ jobs: [{ id: 'a', tilte: 'Cook' }] }), 'ats/jobs/0/tilte is not a property that StackOne knows')
  t.match(problem({ jobs: [{ id: 'a', tilte: 'Cook' }] }), 'did you mean title?')
  t.equal(problem({ jobs: [{ id: 'a' }, { id: 'b' }, { id: 'a' }] }), 'ats/jobs has the id a twice.')
  t.equal(
    problem({ applications: [{ id: 'a', job_id: 'job' }] }),
    'ats/applications/0/job_id is job, which is not in jobs.',
  )
  const many = Array.from({ length: 25 }, () => ({}))
  t.match(problem({ jobs: many }), /^(ats\/jobs\/\d+ must have an id; ){20}and 5 more\.$/)
  t.end()
})
