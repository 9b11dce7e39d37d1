import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { type AtsListQuery, atsQueries, type AtsReadQuery } from '../../../schemas/ats/queries'
import { Envelope, Page } from '../../../schemas/envelope'
import { IdParams } from '../../../schemas/queries'
import { hasShortPages } from '../../accounts/personas'
import { listRecords, shownRecord } from '../../ats/list-records'
import { type AtsRecord, type Resource, resourceNames, resourceOf } from '../../ats/resources'
import type { Deps } from '../../deps'
import { errors } from '../../errors'
import { unknownProperties } from '../../validation/suspicions'
import { addWarnings, type Warnings } from '../../warnings'
import { pick, rawOf } from '../envelope'

/** `GET /unified/ats/{resource}` and `GET /unified/ats/{resource}/{id}`, for each resource of the ATS. */
export const atsRoutes: FastifyPluginCallbackTypebox<{ deps: Deps }> = (api, { deps }, done) => {
  const { ats } = deps
  for (const name of resourceNames) {
    const resource = resourceOf(name)
    const words = name.replace('_', ' ')
    const suspect = ({ query }: { query: unknown }) => unknownOnDemand(resource, query as AtsReadQuery)
    const shown = (record: AtsRecord, query: AtsReadQuery) => pick(shownRecord(resource, record, query), query.fields)

    api.get(
      `/${name}`,
      {
        config: { operation: `${name}.list`, suspect },
        schema: {
          operationId: `ats_list_${name}`,
          summary: `List the ${words} of the account's ATS`,
          tags: ['ATS'],
          querystring: atsQueries[name].list,
          response: { 200: pageOf(resource) },
        },
      },
      async (request) => {
        const query = request.query as AtsListQuery & AtsReadQuery
        const { accountId } = request
        const { entries, next } = listRecords(resource, await ats.all(accountId, name), query, hasShortPages(accountId))
        const items = await ats.shown(accountId, entries)
        return { next, data: items.map((each) => shown(each, query)), ...rawOf(query, `/${name}`, { items }) }
      },
    )

    api.get(
      `/${name}/:id`,
      {
        config: { operation: `${name}.get`, suspect },
        schema: {
          operationId: `ats_get_${name.replace(/s$/, '')}`,
          summary: `Read ${/^[ai]/.test(name) ? 'an' : 'a'} ${resource.singular} of the account's ATS`,
          tags: ['ATS'],
          params: IdParams(`Identifier of the ${resource.singular}, or its remote id`, exampleId(resource)),
          querystring: atsQueries[name].read,
          response: { 200: Envelope(resource.schema, `The ${resource.singular}`) },
        },
      },
      async (request) => {
        const query = request.query as AtsReadQuery
        const { id } = request.params
        const record = await ats.find(request.accountId, name, id)
        if (record === null) throw errors.unknownRecord(resource.singular, id)
        const remoteId = encodeURIComponent(record.remote_id ?? record.id)
        return { data: shown(record, query), ...rawOf(query, `/${name}/${remoteId}`, record) }
      },
    )
  }
  done()
}

/** Names in `include` and `expand` that the resource does not have. */
function unknownOnDemand({ schema, expandable }: Resource, { include, expand }: AtsReadQuery): Warnings {
  const known = Object.keys(schema.properties)
  return addWarnings(
    unknownProperties('include', include ?? '', known),
    unknownProperties('expand', expand ?? '', [...known, ...expandable]),
  )
}

const pageOf = ({ schema, name }: Resource) => Page(schema, `A page of the ${name.replace('_', ' ')}`)

const exampleId = ({ schema }: Resource) => String((schema.examples as [{ id?: unknown }])[0].id)
