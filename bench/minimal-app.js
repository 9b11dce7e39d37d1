'use strict'

const { randomUUID } = require('node:crypto')
const Fastify = require('fastify')
const { expectedKeyword } = require('../build/schemas/builders.js')
const { OrderPlacedSchema, OrderRequestSchema } = require('../build/schemas/order.js')
const { ordersPath } = require('./call')

/**
 * What one could write by hand in a minute: the same schemas and a Map, without authentication. With LOGGED=1, Fastify's
 * own log is on.
 */
const port = Number(process.env['PORT'])
const orders = new Map()
const app = Fastify({
  logger: process.env['LOGGED'] === '1',
  ajv: {
    customOptions: { coerceTypes: false, removeAdditional: false, allowUnionTypes: true, keywords: [expectedKeyword] },
  },
})

app.post(
  ordersPath,
  { schema: { body: OrderRequestSchema, response: { 200: OrderPlacedSchema } } },
  async (request) => {
    const order = /** @type {import('../schemas/order').OrderRequest} */ (request.body)
    const id = order.id ?? randomUUID()
    const remoteId = randomUUID()
    const token = randomUUID()
    orders.set(id, { remoteId, token, order })
    return { id, remote_id: remoteId, test_url: `http://127.0.0.1:${port}/tests/${token}` }
  },
)

void app.listen({ port, host: '127.0.0.1' })
