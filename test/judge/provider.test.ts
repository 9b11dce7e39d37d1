import t from 'tap'
import { checkProvider, type ProviderToCheck, type Report } from '../../src/judge/index'
import { type Flaws, providerFor } from '../support/provider'

// Each mostly waits. On a busy machine, more at once would make the times too short in which one has to report.
t.jobs = 16

const ofVerdict = ({ checks }: Report, verdict: string) =>
  checks.filter((check) => check.verdict === verdict).map(({ id }) => id)

/** What fails for each provider, and how long it gets to report where that matters. */
const variants: [what: string, flaws: Flaws, failed: string[], options?: ProviderToCheck][] = [
  ['a provider that does everything right passes all checks', {}, []],
  [
    'a webhook that checks no signature',
    { signature: 'unchecked' },
    ['receiver-changed-body', 'receiver-other-secret', 'receiver-no-signature'],
  ],
  [
    'a webhook that only looks whether there is a signature',
    { signature: 'presence only' },
    ['receiver-changed-body', 'receiver-other-secret'],
  ],
  [
    'a webhook that crashes on a wrong signature',
    { signature: 'crashes' },
    ['receiver-changed-body', 'receiver-other-secret', 'receiver-no-signature'],
  ],
  ['a repeat that is taken twice', { event: 'repeats count' }, ['receiver-repeat']],
  ['a repeat that is taken twice, a moment later', { event: 'repeats count later' }, ['receiver-repeat']],
  ['a webhook that fails on an unknown event', { event: 'unknown fails' }, ['receiver-unknown-event']],
  ['a webhook that refuses unknown fields', { event: 'strict' }, ['receiver-unknown-fields']],
  ['a webhook with a limit of 100 kB', { event: 'small only' }, ['receiver-large']],
  ['a webhook that refuses synthetic events', { event: 'synthetic refused' }, ['receiver-synthetic']],
  ['a webhook that refuses an update of an unknown order', { event: 'no update first' }, ['receiver-updated-first']],
  [
    'an order that is lost when its update arrives first',
    { event: 'update ends it' },
    ['receiver-updated-first'],
    { withinMs: 4_000 },
  ],
  ['a webhook that works for five seconds before it answers', { event: 'slow' }, ['receiver-time']],
  [
    'a webhook that never answers',
    { event: 'hangs' },
    ['receiver-native', 'receiver-time', 'result-reported'],
    { withinMs: 500 },
  ],
  [
    'a candidate whose name is not ASCII and who gets no result',
    { names: 'ascii only' },
    ['receiver-names'],
    { withinMs: 4_000 },
  ],
  ['a webhook that fails on names that are not ASCII', { names: 'refused' }, ['receiver-names']],
  ['an empty list of packages', { packages: 'empty' }, ['packages-list']],
  ['packages whose ids are numbers', { packages: 'malformed' }, ['packages-list']],
  ['packages with new ids at each call', { packages: 'fresh ids' }, ['packages-ids']],
  ['two packages with one id', { packages: 'equal ids' }, ['packages-ids']],
  ['a packages endpoint that checks no signature', { packages: 'unsigned' }, ['packages-signature']],
  ['a packages endpoint that checks no key', { packages: 'any key' }, ['packages-key']],
  ['a packages endpoint that needs a job_id', { packages: 'needs job_id' }, ['packages-job-id']],
  ['a packages endpoint that refuses unknown fields', { packages: 'strict' }, ['packages-unknown-fields']],
  ['a packages endpoint that takes over five seconds', { packages: 'slow' }, ['packages-time']],
  ['a packages endpoint that never answers', { packages: 'hangs' }, ['packages-list', 'packages-time']],
  ['a packages endpoint that answers 500', { packages: 'error' }, ['packages-list']],
  ['a packages endpoint that answers 201', { packages: 'created' }, ['packages-list']],
  ['a result in two parts', { report: 'in two parts' }, [], { only: ['receiver-repeat', 'result-retry-502'] }],
  ['a result after two steps', { report: 'in two steps' }, [], { only: ['result-refused'] }],
  [
    'no result at all',
    { report: 'never' },
    ['result-reported'],
    { withinMs: 500, only: ['receiver-updated-first', 'result'] },
  ],
  ['a result with a number as its score', { report: 'invalid' }, ['result-reported'], { withinMs: 500 }],
  ['a result for an order that does not exist', { report: 'wrong order' }, ['result-reported'], { withinMs: 500 }],
  ['a result that is never final', { report: 'in progress only' }, ['result-reported'], { withinMs: 500 }],
  ['results with properties in camelCase', { report: 'camelCase' }, ['result-known-properties']],
  [
    'results that are never repeated',
    { report: 'once' },
    ['result-retry-429', 'result-retry-408', 'result-retry-502', 'result-retry-connection'],
    { withinMs: 3_000 },
  ],
  [
    'a result for the first order only',
    { report: 'first order only' },
    [
      'receiver-updated-first',
      'receiver-names',
      'result-retry-429',
      'result-retry-408',
      'result-retry-502',
      'result-retry-connection',
      'result-refused',
    ],
    { withinMs: 3_000 },
  ],
  [
    'a result that is spoilt when it is repeated',
    { report: 'garbled again' },
    ['result-retry-429', 'result-retry-408', 'result-retry-502', 'result-retry-connection'],
    { withinMs: 3_000 },
  ],
  ['a score without an outcome', { report: 'score only' }, [], { only: ['result-reported'] }],
  ['an address of the result without an outcome', { report: 'address only' }, [], { only: ['result-reported'] }],
  ['Retry-After that is ignored', { report: 'at once' }, ['result-retry-429', 'result-retry-408']],
  ['results that are repeated for ever', { report: 'ever again' }, ['result-refused']],
  [
    'results that are repeated once although they were refused',
    { report: 'once again' },
    [],
    { only: ['result-refused'] },
  ],
]

// Each of them goes through all checks in scripts/judge/every-check.js, which takes minutes.
const isEveryCheck = process.env['EVERY_CHECK'] === 'on'
const basics = ['packages-list', 'receiver-native', 'result-reported']

for (const [what, flaws, failed, options] of variants)
  t.test(`check provider: ${what}`, { timeout: 300_000 }, async (t) => {
    const only = failed.length > 0 ? [...failed, ...basics] : undefined
    const provider = { ...(await providerFor(t, flaws)), ...options }
    const report = await checkProvider(isEveryCheck ? { ...provider, only: undefined } : { only, ...provider })
    t.strictSame(ofVerdict(report, 'fail'), failed)
    t.strictSame(ofVerdict(report, 'reported'), [])
    // Only what follows from a failure is left out.
    if (failed.length === 0) t.strictSame(ofVerdict(report, 'skip'), [])
  })

t.test('check provider: only what was given is judged', async (t) => {
  const { packagesUrl } = await providerFor(t)
  const report = await checkProvider({ packagesUrl: `${packagesUrl}#whsec_test`, packagesAuth: 'packages_test' })
  t.strictSame(ofVerdict(report, 'fail'), [])
  t.equal(ofVerdict(report, 'pass').length, 7)
  t.match(report.checks.at(-1), { verdict: 'skip', why: 'no --webhook-url was given' })
})

t.test('check provider: with a wrong secret, only the checks that show it fail', async (t) => {
  const { webhookUrl, onSandbox } = await providerFor(t)
  const webhook = { webhookUrl: webhookUrl.replace(/#.*/, ''), onSandbox, withinMs: 100 }
  const report = await checkProvider({
    ...webhook,
    packagesUrl: 'http://127.0.0.1:9/packages',
    skip: ['packages-time'],
  })
  t.strictSame(ofVerdict(report, 'fail'), ['packages-list', 'receiver-native', 'result-reported'])
  t.match(report.checks[0]?.why, 'There was no answer: nothing listens at 127.0.0.1:9')
  t.match(report.checks.at(-1)?.why, 'no result is reported: see result-reported')
})

t.test('check provider: addresses may have no port, and those that nothing may be sent to are refused', async (t) => {
  const urls = { webhookUrl: 'https://127.0.0.1/hook', packagesUrl: 'http://[::1]/packages' }
  const report = await checkProvider({ ...urls, only: ['packages-list', 'receiver-native'], startWithinMs: 1 })
  t.strictSame(ofVerdict(report, 'fail'), ['packages-list', 'receiver-native'])
  t.match(report.checks[1]?.why, 'nothing listens at 127.0.0.1')
  await t.rejects(checkProvider({ webhookUrl: 'http://169.254.169.254/' }), {
    name: 'TypeError',
    message: /169\.254\.169\.254 is in the range linkLocal: deliveries never go there/,
  })
})

t.test('check provider: a seed makes all that is sent the same each time', async (t) => {
  const provider = await providerFor(t, { signature: 'unchecked' })
  const only = ['receiver-changed-body', 'receiver-other-secret']
  const judge = async (seed?: string) =>
    (await checkProvider({ ...provider, only, seed })).checks.map(({ evidence }) => evidence?.sent)
  const [once, again, other] = [await judge('spring'), await judge('spring'), await judge()]
  t.match(once[0], /"event_date":"1926-01-15T09:00:00.000Z"/)
  t.strictSame(once, again)
  t.not(once[0], other[0])
})
