import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { AssessmentPackageSchema } from '../../../schemas/assessment-package'
import type { CataloguePackage } from '../../../schemas/catalogue'
import { Envelope, Page } from '../../../schemas/envelope'
import { ListQuerySchema, PackageParamsSchema, ReadQuerySchema } from '../../../schemas/queries'
import { hasShortPages } from '../../accounts/personas'
import { findPackage } from '../../assessments/find-package'
import { listPackages } from '../../assessments/list-packages'
import type { Deps } from '../../deps'
import { errors } from '../../errors'
import { pick, rawOf } from './envelope'

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
    ({ query, accountId }) => {
      const { packages, next } = listPackages(catalogue, {
        next: query.next,
        page: query.page,
        pageSize: query.page_size,
        isShort: hasShortPages(accountId),
        updatedAfter: query.filter?.updated_after ?? query.updated_after,
      })
      const data = packages.map((entry) => pick(published(entry), query.fields))
      return { next, data, ...rawOf(query, '/packages', { items: packages }) }
    },
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

const published = ({ updated_at, ...entry }: CataloguePackage) => entry
