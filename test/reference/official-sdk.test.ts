import { StackOne } from '@stackone/stackone-client-ts'
import t from 'tap'
import { operations } from '../../schemas/control/requests'
import { stackoneOperations } from '../../src/plugins/stackone-operations'
import { sandboxFor } from '../support/sandbox'

const xAccountId = 'acme'
const pageSize = '20'

/** StackOne has withdrawn these reads, and this version of the SDK no longer has them. */
const withdrawn = new Set<string>(['orders.get', 'results.get'])

type Listing<P> = Promise<AsyncIterable<P>>
interface Entry {
  id?: string | null | undefined
  remoteId?: string | null | undefined
}

/** All entries of a list, page by page. */
async function entries<P, E>(listing: Listing<P>, of: (page: P) => readonly E[] | undefined): Promise<E[]> {
  const all: E[] = []
  for await (const page of await listing) all.push(...(of(page) ?? []))
  return all
}

/** How the SDK lists and reads each resource of the ATS. */
const reads = ({ ats }: StackOne): Record<string, [list: Promise<Entry[]>, get: (id: string) => Promise<unknown>]> => {
  const query = { xAccountId, pageSize }
  const one = (id: string) => ({ xAccountId, id })
  return {
    candidates: [
      entries(ats.listCandidates(query), (page) => page.candidatesPaginated?.data),
      async (id) => (await ats.getCandidate(one(id))).candidateResult?.data,
    ],
    applications: [
      entries(ats.listApplications(query), (page) => page.applicationsPaginated?.data),
      async (id) => (await ats.getApplication(one(id))).applicationResult?.data,
    ],
    jobs: [
      entries(ats.listJobs(query), (page) => page.atsJobsPaginated?.data),
      async (id) => (await ats.getJob(one(id))).atsJobResult?.data,
    ],
    'job postings': [
      entries(ats.listJobPostings(query), (page) => page.jobPostingsPaginated?.data),
      async (id) => (await ats.getJobPosting(one(id))).jobPostingResult?.data,
    ],
    users: [
      entries(ats.listUsers(query), (page) => page.usersPaginated?.data),
      async (id) => (await ats.getUser(one(id))).userResult?.data,
    ],
    departments: [
      entries(ats.listDepartments(query), (page) => page.departmentsPaginated?.data),
      async (id) => (await ats.getDepartment(one(id))).departmentResult?.data,
    ],
    locations: [
      entries(ats.listLocations(query), (page) => page.atsLocationsPaginated?.data),
      async (id) => (await ats.getLocation(one(id))).atsLocationResult?.data,
    ],
    'application stages': [
      entries(ats.listApplicationStages(query), (page) => page.interviewStagesPaginated?.data),
      async (id) => (await ats.getApplicationStage(one(id))).interviewStageResult?.data,
    ],
    // Deprecated, but there: no other operation reads these.
    /* oxlint-disable typescript/no-deprecated */
    'interview stages': [
      entries(ats.listInterviewStages(query), (page) => page.interviewStagesPaginated?.data),
      async (id) => (await ats.getInterviewStage(one(id))).interviewStageResult?.data,
    ],
    /* oxlint-enable typescript/no-deprecated */
    'rejected reasons': [
      entries(ats.listRejectedReasons(query), (page) => page.rejectedReasonsPaginated?.data),
      async (id) => (await ats.getRejectedReason(one(id))).rejectedReasonResult?.data,
    ],
  }
}

t.test('the official SDK calls every operation that the sandbox emulates, and gets typed answers', async (t) => {
  const sandbox = await sandboxFor(t)
  const { url: serverURL, credentials: security } = sandbox
  const sdk = new StackOne({ serverURL, security, retryConfig: { strategy: 'none' } })
  const { ats, accounts } = sdk

  // Assessments.
  const packages = await entries(
    ats.listAssessmentsPackages({ xAccountId }),
    (page) => page.assessmentPackagePaginated?.data,
  )
  const id = String(packages[0]?.id)
  const { assessmentPackageResult } = await ats.getAssessmentsPackage({ xAccountId, id })
  t.strictSame(assessmentPackageResult?.data, packages[0])
  const ordered = await ats.orderAssessmentsRequest({
    xAccountId,
    atsCreateCandidatesAssessmentsRequestDto: { id: 'order-1', package: { id } },
  })
  t.match(ordered.createAssessmentOrderResult, { id: 'order-1', testUrl: /^http/ })
  const reported = await ats.updateAssessmentsResult({
    xAccountId,
    id: 'order-1',
    atsUpdateCandidatesAssessmentsResultsRequestDto: { score: { value: '92' } },
  })
  t.match(reported.updateResult, { statusCode: 200 })

  // Background checks.
  const created = await ats.createBackgroundCheckPackage({
    xAccountId,
    atsCreateBackgroundCheckPackagesRequestDto: { name: 'Bakers' },
  })
  const own = String(created.createResult?.data.id)
  const checks = await entries(
    ats.listBackgroundCheckPackages({ xAccountId }),
    (page) => page.backgroundCheckPackagePaginated?.data,
  )
  const { backgroundCheckPackageResult } = await ats.getBackgroundCheckPackage({ xAccountId, id: own })
  t.match(backgroundCheckPackageResult?.data, { id: own, name: 'Bakers' })
  t.strictSame(
    backgroundCheckPackageResult?.data,
    checks.find((each) => each.id === own),
  )
  const checked = await ats.orderBackgroundCheckRequest({
    xAccountId,
    atsCreateBackgroundCheckOrderRequestDto: { id: 'check-1', package: { id: own } },
  })
  t.match(checked.createBackgroundCheckOrderResult, { id: 'check-1', testUrl: /^http/ })
  const done = [
    await ats.updateBackgroundCheckResult({
      xAccountId,
      id: 'check-1',
      atsUpdateBackgroundCheckResultRequestDto: { summary: 'All is well' },
    }),
    await ats.updateBackgroundCheckPackage({
      xAccountId,
      id: own,
      atsUpdateBackgroundCheckPackagesRequestDto: { name: 'Pastry cooks' },
    }),
  ]
  for (const { updateResult } of done) t.match(updateResult, { statusCode: 200 })
  const { deleteResult } = await ats.deleteBackgroundCheckPackage({ xAccountId, id: own })
  t.match(deleteResult, { statusCode: 200 })

  // The ATS: the SDK checks each answer against its types.
  for (const [name, [list, get]] of Object.entries(reads(sdk))) {
    const records = await list
    t.ok(records.length > 1, name)
    for (const record of records) {
      t.strictSame(await get(String(record.id)), record, `${name}: ${String(record.id)}`)
      if (record.remoteId != null) t.strictSame(await get(record.remoteId), record, `${name}: ${record.remoteId}`)
    }
  }

  // The linked accounts.
  const { classes } = await accounts.listLinkedAccounts({})
  t.match(classes, [{ id: xAccountId, status: 'active' }])
  const { linkedAccount } = await accounts.getAccount({ id: xAccountId })
  t.strictSame(linkedAccount, classes?.[0])

  await sandbox.requests.verifyClean()
  for (const operation of operations) if (!withdrawn.has(operation)) await sandbox.requests.verify({ operation })
})

t.test('every operation that StackOne has beside them is answered with 501, by its name', async (t) => {
  const { url } = await sandboxFor(t)
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as { paths: Record<string, object> }
  let count = 0
  for (const [path, methods] of Object.entries(stackoneOperations))
    for (const method of methods.split(' ')) {
      if (method.toLowerCase() in (document.paths[path] ?? {})) continue
      count++
      const called = path.replaceAll(/\{\w+\}/g, 'some-id')
      const response = await fetch(url + called, { method })
      t.equal(response.status, 501, `${method} ${path}`)
      t.match(await response.json(), { statusCode: 501, message: `${method} ${called} is not implemented` })
    }
  t.ok(count > 200)
})
