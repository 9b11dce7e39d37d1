import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { AssessmentPackageSchema } from '../../../schemas/assessment-package'
import { Envelope, Page } from '../../../schemas/envelope'
import { ListQuerySchema, PackageParamsSchema, ReadQuerySchema } from '../../../schemas/queries'
import { findPackage } from '../../assessments/find-package'
import type { Deps } from '../../deps'
import { errors } from '../../errors'
import { pick, rawOf } from '../envelope'
import { packagesPage, published } from '../packages-page'

/** `GET /packages` and `GET /packages/{id}`: the packages on offer. */
export const packagesRoutes: FastifyPluginCallbackTypebox<{ deps: Deps }> = (api, { deps: { catalogue } }, done) => {
  api.get(
    '/packages',
    {
      config: { operation: 'packages.list' },
      schema: {
        operationId: 'ats_list_assessments_packages',
        summary: 'List the packages that can be ordered',
        tags: ['Assessments'],
        querystring: ListQuerySchema,
        response: { 200: Page(AssessmentPackageSchema, 'A page of the packages') },
      },
    },
    ({ query, accountId }) => packagesPage(catalogue, query, { accountId, path: '/packages' }),
  )

  api.get(
    '/packages/:id',
    {
      config: { operation: 'packages.get' },
      schema: {
        operationId: 'ats_get_assessments_package',
        summary: 'Read a package',
        tags: ['Assessments'],
        params: PackageParamsSchema,
        querystring: ReadQuerySchema,
        response: { 200: Envelope(AssessmentPackageSchema, 'The package') },
      },
    },
    ({ query, params }) => {
      const entry = findPackage(catalogue, params.id)
      if (entry === undefined) throw errors.unknownPackage(params.id)
      return {
        data: pick(published(entry), query.fields),
        ...rawOf(query, `/packages/${encodeURIComponent(entry.remote_id ?? entry.id)}`, entry),
      }
    },
  )
  done()
}
