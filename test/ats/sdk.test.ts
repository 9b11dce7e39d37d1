import { StackOne } from '@stackone/stackone-client-ts'
import t from 'tap'
import type { Sandbox } from '../../src/index'
import { sandboxFor } from '../support/sandbox'

const sdkFor = ({ url, credentials }: Sandbox) =>
  new StackOne({ serverURL: url, security: credentials, retryConfig: { strategy: 'none' } })

const xAccountId = 'acme'

t.test('the official SDK follows an application to its candidate and its job, with filters by date', async (t) => {
  const sdk = sdkFor(await sandboxFor(t, { clock: '2026-11-27T12:00:00Z' }))
  const createdAfter = new Date('2026-06-01T00:00:00Z')
  const { applicationsPaginated: page } = await sdk.ats
    .listApplications({ xAccountId, filter: { createdAfter }, include: 'attachments,documents,custom_fields' })
    .then((pages) => pages)
  const [application] = page?.data ?? []
  t.match(
    application,
    { attachments: [{}], documents: [{ id: String }], customFields: Array },
    'typed as the SDK has it',
  )
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
