import { StackOne } from '@stackone/stackone-client-ts'
import { AtsUpdateCandidatesAssessmentsResultsRequestDtoValue } from '@stackone/stackone-client-ts/sdk/models/shared'
import * as errors from '@stackone/stackone-client-ts/sdk/models/errors'
import { catchUnrecognizedEnum } from '@stackone/stackone-client-ts/sdk/types/enums'
import t from 'tap'
import { attachmentKinds } from '../../schemas/result'
import type { Sandbox } from '../../src/index'
import { call, fullOrder, sandboxFor } from '../support/sandbox'

const sdkFor = ({ url, credentials }: Sandbox, security = credentials) =>
  new StackOne({ serverURL: url, security, retryConfig: { strategy: 'none' } })

const order = (sdk: StackOne, body: object = {}, account = 'acme') =>
  sdk.ats.orderAssessmentsRequest({ xAccountId: account, atsCreateCandidatesAssessmentsRequestDto: body })

t.test('the official SDK orders an assessment, given only the address and the key', async (t) => {
  const sandbox = await sandboxFor(t)
  const response = await order(sdkFor(sandbox), {
    id: fullOrder.id,
    package: { id: 'pkg_1', remoteId: 'prov-1', name: 'TypeScript basics' },
    application: { applicationStatus: { value: 'assessment', sourceValue: 'Skills test' } },
    job: { title: 'Back-end engineer', hiringTeam: [{ firstName: 'Noor', email: 'noor.haddad@example.com' }] },
    candidate: { firstName: 'Mia', emails: [{ type: 'personal', value: 'mia.lindqvist@example.com' }] },
    resultsUpdateUrl: 'https://ats.example.com/assessments/results',
    passthrough: { campaign: 'spring' },
  })

  t.equal(response.statusCode, 200)
  const { id, remoteId, testUrl } = response.createAssessmentOrderResult ?? {}
  t.equal(id, fullOrder.id)
  t.match(remoteId, /^[\da-f-]{36}$/)
  const page = await fetch(testUrl ?? '')
  t.match(await page.text(), 'TypeScript basics')
})

t.test('the official SDK pages through the packages and reads one', async (t) => {
  const sdk = sdkFor(await sandboxFor(t))
  const ids: (string | null | undefined)[] = []
  for await (const page of await sdk.ats.listAssessmentsPackages({ xAccountId: 'acme', pageSize: '7' })) {
    ids.push(...(page.assessmentPackagePaginated?.data ?? []).map(({ id }) => id))
  }
  t.equal(new Set(ids).size, 30)

  const { assessmentPackageResult } = await sdk.ats.getAssessmentsPackage({ xAccountId: 'acme', id: 'pkg_sql_queries' })
  t.match(assessmentPackageResult, { data: { name: 'SQL queries', remoteId: 'prov-108' } })
})

t.test('the official SDK reports a result', async (t) => {
  const sandbox = await sandboxFor(t)
  const sdk = sdkFor(sandbox)
  await order(sdk, { id: 'order-1' })
  const { updateResult } = await sdk.ats.updateAssessmentsResult({
    xAccountId: 'acme',
    id: 'order-1',
    atsUpdateCandidatesAssessmentsResultsRequestDto: {
      score: { value: '92' },
      result: { value: AtsUpdateCandidatesAssessmentsResultsRequestDtoValue.Passed },
    },
  })
  t.match(updateResult, { statusCode: 200, message: 'Record updated successfully.' })
  const { body } = await call(sandbox.url, 'GET', '/orders/order-1/results?fields=score,result')
  t.strictSame(body, { data: { score: { value: '92' }, result: { value: 'passed' } } })
})

t.test('the official SDK attaches every kind of attachment, and each is read back', async (t) => {
  const sandbox = await sandboxFor(t)
  const sdk = sdkFor(sandbox)
  t.strictSame(attachmentKinds, ['text', 'pdf', 'video', 'other', 'unmapped_value'])
  for (const kind of attachmentKinds) {
    await order(sdk, { id: kind })
    const url = `https://provider.example.com/reports/${kind}`
    const { statusCode } = await sdk.ats.updateAssessmentsResult({
      xAccountId: 'acme',
      id: kind,
      atsUpdateCandidatesAssessmentsResultsRequestDto: {
        attachments: [{ url, contentType: { value: catchUnrecognizedEnum(kind), sourceValue: 'report' } }],
      },
    })
    t.equal(statusCode, 200, kind)
    const { body } = await call(sandbox.url, 'GET', `/orders/${kind}/results?fields=attachments`)
    t.strictSame(body, { data: { attachments: [{ url, content_type: { value: kind, source_value: 'report' } }] } })
  }
})

t.test('the official SDK throws its typed error for each status', async (t) => {
  const sandbox = await sandboxFor(t, { accounts: ['acme', 'globex=disabled'], maxOrders: 1 })
  const sdk = sdkFor(sandbox)
  await order(sdk, { id: 'taken' })

  const refused = [
    [errors.BadRequestResponse, 400, () => order(sdk, { candidate: { emails: [{ value: 'x' }] } }, ' ')],
    [errors.UnauthorizedResponse, 401, () => order(sdkFor(sandbox, { username: 'wrong', password: '' }))],
    [errors.NotFoundResponse, 404, () => order(sdk, {}, 'initech')],
    [errors.ConflictResponse, 409, () => order(sdk, { id: 'taken', job: { title: 'Other' } })],
    [errors.PreconditionFailedResponse, 412, () => order(sdk, {}, 'globex')],
    [errors.UnprocessableEntityResponse, 422, () => order(sdk, { id: 'one too many' })],
    [errors.NotImplementedResponse, 501, () => sdk.ats.listOffers({ xAccountId: 'acme' })],
  ] as const
  for (const [type, status, call] of refused) {
    const error = await call().then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    t.ok(error instanceof type, `${String(status)} is a ${type.name}`)
    t.match(error, { statusCode: status })
  }
})
