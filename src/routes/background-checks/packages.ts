import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import {
  PackageCreatedSchema,
  PackageDeletedSchema,
  PackageUpdatedSchema,
} from '../../../schemas/background-checks/answers'
import {
  BackgroundCheckPackageSchema,
  PackageToCreateSchema,
  PackageToUpdateSchema,
} from '../../../schemas/background-checks/package'
import { Envelope, Page } from '../../../schemas/envelope'
import { IdParams, ListQuerySchema, ReadQuerySchema } from '../../../schemas/queries'
import {
  checkPackages,
  createCheckPackage,
  deleteCheckPackage,
  findCheckPackage,
  updateCheckPackage,
} from '../../background-checks/packages'
import { isoTime } from '../../date-time'
import type { Deps } from '../../deps'
import { pick, rawOf } from '../envelope'
import { packagesPage, published } from '../packages-page'

const tags = ['Background checks']
const params = IdParams('Identifier of the package', 'check_standard')
const pageOfPackages = Page(BackgroundCheckPackageSchema, 'A page of the packages')
const onePackage = Envelope(BackgroundCheckPackageSchema, 'The package')

/** `/packages` and `/packages/{id}`: the packages of background checks on offer in an account. */
export const checkPackagesRoutes: FastifyPluginCallbackTypebox<{ deps: Deps }> = (api, { deps }, done) => {
  const did = <S extends number>(statusCode: S, what: string) => ({
    statusCode,
    message: `Record ${what} successfully.`,
    timestamp: isoTime(deps.clock.now()),
  })

  api.get(
    '/packages',
    {
      config: { operation: 'background_checks.packages.list' },
      schema: {
        operationId: 'ats_list_background_check_packages',
        summary: 'List the packages of background checks that can be ordered',
        tags,
        querystring: ListQuerySchema,
        response: { 200: pageOfPackages },
      },
    },
    async ({ query, accountId }) =>
      packagesPage(await checkPackages(deps, accountId), query, { accountId, path: '/background-check-packages' }),
  )

  api.post(
    '/packages',
    {
      config: { operation: 'background_checks.packages.create' },
      schema: {
        operationId: 'ats_create_background_check_package',
        summary: 'Create a package of background checks',
        tags,
        body: PackageToCreateSchema,
        response: { 201: PackageCreatedSchema },
      },
    },
    async ({ accountId, body }, reply) => {
      const data = await createCheckPackage(deps, accountId, body)
      void reply.code(201)
      return { ...did(201, 'created'), data }
    },
  )

  api.get(
    '/packages/:id',
    {
      config: { operation: 'background_checks.packages.get' },
      schema: {
        operationId: 'ats_get_background_check_package',
        summary: 'Read a package of background checks',
        tags,
        params,
        querystring: ReadQuerySchema,
        response: { 200: onePackage },
      },
    },
    async ({ query, params: { id }, accountId }) => {
      const entry = await findCheckPackage(deps, accountId, id)
      return {
        data: pick(published(entry), query.fields),
        ...rawOf(query, `/background-check-packages/${encodeURIComponent(entry.remote_id)}`, entry),
      }
    },
  )

  api.patch(
    '/packages/:id',
    {
      config: { operation: 'background_checks.packages.update' },
      schema: {
        operationId: 'ats_update_background_check_package',
        summary: 'Change a package of background checks',
        tags,
        params,
        body: PackageToUpdateSchema,
        response: { 200: PackageUpdatedSchema },
      },
    },
    async ({ accountId, params: { id }, body }) => {
      await updateCheckPackage(deps, accountId, id, body)
      return did(200, 'updated')
    },
  )

  api.delete(
    '/packages/:id',
    {
      config: { operation: 'background_checks.packages.delete' },
      schema: {
        operationId: 'ats_delete_background_check_package',
        summary: 'Delete a package of background checks',
        tags,
        params,
        response: { 200: PackageDeletedSchema },
      },
    },
    async ({ accountId, params: { id } }) => {
      await deleteCheckPackage(deps, accountId, id)
      return did(200, 'deleted')
    },
  )
  done()
}
