import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { AccountQuerySchema } from '../../../schemas/control/builders'
import { ControlWebhookSchema, WebhookListSchema, WebhookToAddSchema } from '../../../schemas/control/webhooks'
import { IdParams } from '../../../schemas/queries'
import type { Control } from '../../control/control'
import { accountOf, described, nothing } from './route-schema'

/** `/_sandbox/webhooks`: the endpoints that are told of events. */
export const webhooksRoutes: FastifyPluginCallbackTypebox<{ control: Control }> = (api, { control }, done) => {
  api.get(
    '/webhooks',
    { schema: described('List webhooks', { querystring: AccountQuerySchema, response: { 200: WebhookListSchema } }) },
    async (request) => ({ webhooks: await control.listWebhooks(accountOf(request)) }),
  )

  api.post(
    '/webhooks',
    {
      schema: described('Add a webhook', {
        querystring: AccountQuerySchema,
        body: WebhookToAddSchema,
        response: { 201: ControlWebhookSchema },
      }),
    },
    async (request, reply) => reply.code(201).send(await control.addWebhook(accountOf(request), request.body)),
  )

  api.delete(
    '/webhooks/:id',
    {
      schema: described('Remove a webhook', {
        params: IdParams('Identifier of the webhook', '0f6c7a56-6d6c-4d8a-9a3e-2b7f0f3f9c11'),
        response: { 204: nothing('It is removed') },
      }),
    },
    async (request, reply) => {
      await control.removeWebhook(request.params.id)
      return reply.code(204).send(null)
    },
  )
  done()
}
