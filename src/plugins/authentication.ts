import { timingSafeEqual } from 'node:crypto'
import basicAuth from '@fastify/basic-auth'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { ApiKey } from '../config'
import { errors } from '../errors'

const bareKeyHint =
  'This key was encoded without a colon: base64(key) and base64(key + ":") are both in use, and both are accepted.'

/**
 * Lets a call through when it brings one of `apiKeys` by HTTP Basic, with or without the colon behind the key, and when
 * the key may make it (docs/contract.md: Authentication and accounts).
 */
export const authentication = fp<{ apiKeys: readonly ApiKey[] }>(
  async (app: FastifyInstance, { apiKeys }) => {
    const known = apiKeys.map((key) => ({ ...key, expected: Buffer.from(`${key.key}:${key.password}`) }))

    await app.register(basicAuth, {
      authenticate: { realm: 'StackOne' },
      validate(username, password, { method }, _reply, done) {
        const given = Buffer.from(`${username}:${password}`)
        let found: ApiKey | undefined
        // Every key is compared, found or not, so that the time taken tells nothing about any of them.
        for (const key of known) if (equalInConstantTime(key.expected, given)) found = key
        if (found === undefined) done(errors.unknownKey())
        else done(found.isReadOnly && !isRead(method) ? errors.readOnlyKey(method) : undefined)
      },
    })
    const check = app.basicAuth.bind(app)

    app.addHook('onRequest', (request, reply, done) => {
      check(request, reply, (error) => {
        const complete = error === undefined ? undefined : withColon(request)
        if (complete === undefined) {
          done(error)
          return
        }
        reply.removeHeader('www-authenticate')
        check(complete, reply, (error) => {
          if (error === undefined) reply.header('x-sandbox-hint', bareKeyHint)
          done(error)
        })
      })
    })
  },
  { name: 'authentication' },
)

const isRead = (method: string) => method === 'GET' || method === 'HEAD'

/**
 * `request` as it would be with a colon behind its key; undefined when its key has one, or is no text. A stand-in: the
 * journal tells of what was received.
 */
function withColon(request: FastifyRequest): FastifyRequest | undefined {
  const [, encoded = ''] = /^basic ([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '') ?? []
  const text = Buffer.from(encoded, 'base64').toString()
  if (!/^[^:\p{C}\ufffd]+$/u.test(text)) return undefined
  const authorization = `Basic ${Buffer.from(`${text}:`).toString('base64')}`
  return Object.create(request, { headers: { value: { authorization } } }) as FastifyRequest
}

function equalInConstantTime(expected: Buffer, given: Buffer): boolean {
  const sameLength = expected.length === given.length
  return timingSafeEqual(expected, sameLength ? given : expected) && sameLength
}
