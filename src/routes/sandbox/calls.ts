import type { FastifyPluginCallback, FastifyRequest } from 'fastify'
import type { ControlOrder } from '../../../schemas/control/orders'
import type { Call } from '../../control/call'
import { calls } from '../../control/calls'
import type { Control } from '../../control/control'
import { accountOf, type RequestControl, routeOf } from './route-schema'

const { takeSnapshot, loadSnapshot, readReport, ...plain } = calls

const routes = Object.entries<Call>(plain).map(([name, call]) => ({
  name: name as keyof Control,
  status: Number(Object.keys(call.response)[0]),
  ...routeOf(call),
}))

/** All calls of the control API except those for snapshots and the report, which are too large to handle in one piece. */
export const callRoutes: FastifyPluginCallback<{ controlFor: RequestControl }> = (api, { controlFor }, done) => {
  for (const { name, status, ...route } of routes) {
    api.route({
      ...route,
      async handler(request, reply) {
        const { account, ...query } = request.query as Record<string, unknown>
        const { params, body } = request
        // The schemas have validated the input, and the type of `calls` ties them to the method.
        const method = controlFor(request, reply)[name] as (input: object) => Promise<unknown>
        const answer = await method({ account: accountOf(request), params, query, body })
        if (name === 'createOrder') noteOrder(request, answer as ControlOrder)
        return reply.code(status).send(answer ?? null)
      },
    })
  }
  done()
}

/** For the log: the path contains neither the new order's id nor its account. */
function noteOrder(request: FastifyRequest, { account, id }: ControlOrder) {
  request.accountId = account
  request.orderId = id
}
