import { Readable } from 'node:stream'
import type { FastifyPluginCallback } from 'fastify'
import { calls } from '../../control/calls'
import type { Deps } from '../../deps'
import { accountOf, routeOf } from './route-schema'

const readReport = routeOf(calls.readReport)

/** `/_sandbox/report`: the journal as one HTML page. */
export const reportRoute: FastifyPluginCallback<{ deps: Deps }> = (api, { deps }, done) => {
  api.route({
    ...readReport,
    // The schema only documents the response: streams are not serialised by it.
    async handler(request, reply) {
      // Loaded lazily: few sandboxes are asked for it.
      const { reportText } = require('../../control/report/report') as typeof import('../../control/report/report')
      const { reportHeaders } = require('../../control/report/layout') as typeof import('../../control/report/layout')
      return reply.headers(reportHeaders).send(Readable.from(await reportText(deps, accountOf(request))))
    },
  })
  done()
}
