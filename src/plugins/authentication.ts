import { timingSafeEqual } from 'node:crypto'
import basicAuth from '@fastify/basic-auth'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import type { ApiKey } from '../config'
import { errors } from '../errors'

/** Lets a call through when it brings one of `apiKeys` by HTTP Basic (contract: Authentication and account). */
export const authentication = fp<{ apiKeys: readonly ApiKey[] }>(async (app: FastifyInstance, { apiKeys }) => {
  const known = apiKeys.map(({ key, password }) => Buffer.from(`${key}:${password}`))

  await app.register(basicAuth, {
    authenticate: { realm: 'StackOne' },
    validate(username, password, _request, _reply, done) {
      const given = Buffer.from(`${username}:${password}`)
      let accepted = false
      // Every key is compared, found or not, so that the time taken tells nothing about any of them.
      for (const expected of known) accepted = equalInConstantTime(expected, given) || accepted
      done(accepted ? undefined : errors.unknownKey())
    },
  })
  app.addHook('onRequest', app.basicAuth)
})

function equalInConstantTime(expected: Buffer, given: Buffer): boolean {
  const sameLength = expected.length === given.length
  return timingSafeEqual(expected, sameLength ? given : expected) && sameLength
}
