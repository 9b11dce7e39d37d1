import { StackOne } from '@stackone/stackone-client-ts'
import * as errors from '@stackone/stackone-client-ts/sdk/models/errors'
import { AtsUpdateBackgroundCheckResultRequestDtoValue } from '@stackone/stackone-client-ts/sdk/models/shared'
import t from 'tap'
import type { Sandbox } from '../../src/index'
import { sandboxFor } from '../support/sandbox'

const sdkFor = ({ url, credentials }: Sandbox) =>
  new StackOne({ serverURL: url, security: credentials, retryConfig: { strategy: 'none' } }).ats

const xAccountId = 'acme'

t.test('the official SDK creates, reads, changes and deletes a package of background checks', async (t) => {
  const sdk = sdkFor(await sandboxFor(t))
  const { statusCode, createResult } = await sdk.createBackgroundCheckPackage({
    xAccountId,
    atsCreateBackgroundCheckPackagesRequestDto: { name: 'Pilots', tests: [{ name: 'Licence' }] },
  })
  t.equal(statusCode, 201)
  t.match(createResult, { statusCode: 201, message: 'Record created successfully.' })
  const id = String(createResult?.data.id)

  const read = async () => (await sdk.getBackgroundCheckPackage({ xAccountId, id })).backgroundCheckPackageResult?.data
  const [licence] = (await read())?.tests ?? []
  t.match(await read(), { id, name: 'Pilots', tests: [{ name: 'Licence' }] })

  const { updateResult } = await sdk.updateBackgroundCheckPackage({
    xAccountId,
    id,
    atsUpdateBackgroundCheckPackagesRequestDto: {
      description: 'For pilots',
      tests: [{ id: licence?.id, description: 'Valid?' }],
    },
  })
  t.match(updateResult, { statusCode: 200, message: 'Record updated successfully.' })
  t.match(await read(), {
    name: 'Pilots',
    description: 'For pilots',
    tests: [{ id: licence?.id, remoteId: licence?.remoteId, name: 'Licence', description: 'Valid?' }],
  })

  const { deleteResult } = await sdk.deleteBackgroundCheckPackage({ xAccountId, id })
  t.match(deleteResult, { statusCode: 200, message: 'Record deleted successfully.' })
  await t.rejects(read(), errors.NotFoundResponse)
})

t.test('the official SDK pages through the packages of background checks', async (t) => {
  const sdk = sdkFor(await sandboxFor(t))
  const ids: unknown[] = []
  for await (const page of await sdk.listBackgroundCheckPackages({ xAccountId, pageSize: '4' }))
    ids.push(...(page.backgroundCheckPackagePaginated?.data ?? []).map(({ id }) => id))
  t.equal(new Set(ids).size, 6)
})

t.test('the official SDK orders a background check and reports its result', async (t) => {
  const sandbox = await sandboxFor(t)
  const sdk = sdkFor(sandbox)
  const { createBackgroundCheckOrderResult } = await sdk.orderBackgroundCheckRequest({
    xAccountId,
    atsCreateBackgroundCheckOrderRequestDto: {
      id: 'check-7',
      package: { id: 'check_standard', tests: [{ id: 'test_identity', name: 'Identity' }] },
      candidate: { firstName: 'Mia', emails: [{ type: 'personal', value: 'mia.lindqvist@example.com' }] },
    },
  })
  t.match(createBackgroundCheckOrderResult, { id: 'check-7', testUrl: new RegExp(`^${sandbox.url}/tests/`) })
  const { updateResult } = await sdk.updateBackgroundCheckResult({
    xAccountId,
    id: 'check-7',
    atsUpdateBackgroundCheckResultRequestDto: {
      summary: 'Clear',
      result: { value: AtsUpdateBackgroundCheckResultRequestDtoValue.Passed },
    },
  })
  t.match(updateResult, { statusCode: 200 })
  t.match(await sandbox.account('acme').orders.get('check-7'), { kind: 'background_check', state: 'passed' })
  await t.resolves(sandbox.requests.verifyClean())
})
