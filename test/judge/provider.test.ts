import t from 'tap'
import { checkProvider, type ProviderToCheck, type Report } from '../../src/judge/index'
import { type Flaws, providerFor } from '../support/provider'

t.jobs = 40

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
  ['no result at all', { report: 'never' }, ['result-reported'], { withinMs: 500 }],
  ['a result with a number as its score', { report: 'invalid' }, ['result-reported'], { withinMs: 500 }],
  ['a result for an order that does not exist', { report: 'wrong order' }, ['result-reported'], { withinMs: 500 }],
  ['a result that is never final', { report: 'in progress only' }, ['result-reported'], { withinMs: 500 }],
  ['results with properties in camelCase', { report: 'camelCase' }, ['result-known-properties']],
  [
    'results that are never repeated',
    { report: 'once' },
    ['result-retry-429', 'result-retry-408', 'result-retry-502', 'result-retry-connection'],
    { withinMs: 2_000 },
  ],
  ['Retry-After that is ignored', { report: 'at once' }, ['result-retry-429', 'result-retry-408']],
  ['results that are repeated for ever', { report: 'ever again' }, ['result-refused']],
  ['results that are repeated once although they were refused', { report: 'once again' }, []],
]

for (const [what, flaws, failed, options] of variants)
  t.test(`check provider: ${what}`, async (t) => {
    const report = await checkProvider({ ...(await providerFor(t, flaws)), ...options })
    t.strictSame(ofVerdict(report, 'fail'), failed)
    t.strictSame(ofVerdict(report, 'reported'), [])
    // Only what follows from a failure is left out.
    if (failed.length === 0) t.strictSame(ofVerdict(report, 'skip'), [])
  })
