import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import {
  AccountQuerySchema,
  ControlWebhookSchema,
  WebhookListSchema,
  WebhookToAddSchema,
} from '../../../schemas/control'
import { IdParamsSchema } from '../../../schemas/queries'
import { addWebhook, removeWebhook, showWebhook } from '../../control/webhooks'
import type { Deps } from '../../deps'

/** `/_sandbox/webhooks`: the endpoints that are told of events. */
export const webhooksRoutes: FastifyPluginCallbackTypebox<{ deps: Deps }> = (api, { deps }, done) => {
  api.get(
    '/webhooks',
    {
      schema: {
        summary: 'List webhooks',
        tags: ['Sandbox'],
        querystring: AccountQuerySchema,
        response: { 200: WebhookListSchema },
      },
    },
    async ({ accountId }) => ({ webhooks: (await deps.webhooks.list(accountId || undefined)).map(showWebhook) }),
  )

  api.post(
    '/webhooks',
    {
      schema: {
        summary: 'Add a webhook',
        tags: ['Sandbox'],
        querystring: AccountQuerySchema,
        body: WebhookToAddSchema,
        response: { 201: ControlWebhookSchema },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await addWebhook(deps, { accountId: request.accountId || null, ...request.body })),
  )

  api.delete(
    '/webhooks/:id',
    {
      schema: {
        summary: 'Remove a webhook',
        tags: ['Sandbox'],
        params: IdParamsSchema,
        response: { 204: { type: 'null', description: 'It is removed' } },
      },
    },
    async (request, reply) => {
      await removeWebhook(deps, request.params.id)
      return reply.code(204).send()
    },
  )
  done()
}
