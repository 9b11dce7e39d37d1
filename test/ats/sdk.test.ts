import { StackOne } from '@stackone/stackone-client-ts'
import t from 'tap'
import type { Sandbox } from '../../src/index'
import { sandboxFor } from '../support/sandbox'

const sdkFor = ({ url, credentials }: Sandbox) =>
  new StackOne({ serverURL: url, security: credentials, retryConfig: { strategy: 'none' } })

type Record = { id?: string | null | undefined; remoteId?: string | null | undefined }
type Page = { data: Record[] } | undefined
type One = { data: Record } | undefined
type Pages = AsyncIterable<unknown>

const xAccountId = 'acme'
const all = { xAccountId, pageSize: '20' }

/** Each resource as the SDK lists it and reads one: its pages, the property that has the page, and the record. */
const reads: readonly (readonly [
  name: string,
  list: (sdk: StackOne) => Promise<Pages>,
  page: string,
  get: (sdk: StackOne, id: string) => Promise<One>,
])[] = [
  [
    'candidates',
    ({ ats }) => ats.listCandidates(all),
    'candidatesPaginated',
    async ({ ats }, id) => (await ats.getCandidate({ xAccountId, id })).candidateResult,
  ],
  [
    'applications',
    ({ ats }) => ats.listApplications({ ...all, include: 'attachments,documents,custom_fields' }),
    'applicationsPaginated',
    async ({ ats }, id) => (await ats.getApplication({ xAccountId, id })).applicationResult,
  ],
  [
    'jobs',
    ({ ats }) => ats.listJobs({ ...all, expand: 'interview_stages', include: 'custom_fields' }),
    'atsJobsPaginated',
    async ({ ats }, id) => (await ats.getJob({ xAccountId, id })).atsJobResult,
  ],
  [
    'job postings',
    ({ ats }) => ats.listJobPostings({ ...all, include: 'questionnaires' }),
    'jobPostingsPaginated',
    async ({ ats }, id) => (await ats.getJobPosting({ xAccountId, id })).jobPostingResult,
  ],
  [
    'users',
    ({ ats }) => ats.listUsers(all),
    'usersPaginated',
    async ({ ats }, id) => (await ats.getUser({ xAccountId, id })).userResult,
  ],
  [
    'departments',
    ({ ats }) => ats.listDepartments(all),
    'departmentsPaginated',
    async ({ ats }, id) => (await ats.getDepartment({ xAccountId, id })).departmentResult,
  ],
  [
    'locations',
    ({ ats }) => ats.listLocations(all),
    'atsLocationsPaginated',
    async ({ ats }, id) => (await ats.getLocation({ xAccountId, id })).atsLocationResult,
  ],
  [
    'application stages',
    ({ ats }) => ats.listApplicationStages(all),
    'interviewStagesPaginated',
    async ({ ats }, id) => (await ats.getApplicationStage({ xAccountId, id })).interviewStageResult,
  ],
  [
    'interview stages',
    ({ ats }) => ats.listInterviewStages(all),
    'interviewStagesPaginated',
    async ({ ats }, id) => (await ats.getInterviewStage({ xAccountId, id })).interviewStageResult,
  ],
  [
    'rejected reasons',
    ({ ats }) => ats.listRejectedReasons(all),
    'rejectedReasonsPaginated',
    async ({ ats }, id) => (await ats.getRejectedReason({ xAccountId, id })).rejectedReasonResult,
  ],
]

for (const [name, list, property, get] of reads) {
  t.test(`the official SDK lists ${name} and reads each`, async (t) => {
    const sdk = sdkFor(await sandboxFor(t))
    const records: Record[] = []
    for await (const page of await list(sdk))
      records.push(...((page as { [name: string]: Page })[property]?.data ?? []))
    t.ok(records.length > 0)
    t.equal(new Set(records.map(({ id }) => id)).size, records.length)
    for (const { id, remoteId } of records.slice(0, 3)) {
      t.match((await get(sdk, String(id)))?.data, { id, remoteId })
      t.match((await get(sdk, String(remoteId)))?.data, { id, remoteId })
    }
  })
}

t.test('the official SDK follows an application to its candidate and its job, with filters by date', async (t) => {
  const sdk = sdkFor(await sandboxFor(t, { clock: '2026-11-27T12:00:00Z' }))
  const createdAfter = new Date('2026-06-01T00:00:00Z')
  const { applicationsPaginated: page } = await sdk.ats
    .listApplications({ xAccountId, filter: { createdAfter } })
    .then((pages) => pages)
  const [application] = page?.data ?? []
  t.ok(application?.createdAt && application.createdAt > createdAfter)
  const { candidateResult } = await sdk.ats.getCandidate({ xAccountId, id: String(application?.candidateId) })
  t.equal(candidateResult?.data.firstName, application?.candidate?.firstName)
  const { atsJobResult } = await sdk.ats.getJob({ xAccountId, id: String(application?.jobId) })
  t.match(atsJobResult?.data, { title: String, hiringTeam: [{ userId: String }] })
  const { applicationsPaginated: ofJob } = await sdk.ats.listApplications({
    xAccountId,
    filter: { jobId: String(application?.jobId) },
  })
  t.ok(ofJob?.data.every(({ jobId }) => jobId === application?.jobId))
})

t.test('the official SDK lists linked accounts and reads one', async (t) => {
  const sdk = sdkFor(await sandboxFor(t, { accounts: ['acme:greenhouse', 'globex=disabled', 'initech'] }))
  const { classes: list } = await sdk.accounts.listLinkedAccounts({})
  t.match(list, [
    { id: 'acme', provider: 'greenhouse', providerName: 'Greenhouse', status: 'active', createdAt: Date },
    { id: 'globex', provider: 'sandbox', status: 'inactive', statusReasons: [{ code: 'integration_disabled' }] },
    { id: 'initech', status: 'active', type: 'test' },
  ])
  const filtered = await sdk.accounts.listLinkedAccounts({ accountIds: ['acme', 'initech'], providers: ['greenhouse'] })
  t.match(filtered.classes, [{ id: 'acme' }])
  const { linkedAccount } = await sdk.accounts.getAccount({ id: 'acme' })
  t.match(linkedAccount, { id: 'acme', originOwnerId: 'acme' })
})
