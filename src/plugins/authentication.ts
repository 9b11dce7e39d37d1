import { timingSafeEqual } from 'node:crypto'
import basicAuth from '@fastify/basic-auth'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { ApiKey } from '../config'
import { errors } from '../errors'

const bareKeyHint =
  'This key was encoded without a colon: base64(key) and base64(key + ":") are both in use, and both are accepted.'

/**
 * Admits a call with one of `apiKeys` by HTTP Basic, with or without the colon after the key, if the key is allowed to
 * make it (docs/contract.md: Authentication and accounts).
 */
export const authentication = fp<{ apiKeys: readonly ApiKey[] }>(
  async (app: FastifyInstance, { apiKeys }) => {
    const known = apiKeys.map((key) => {
      const expected = Buffer.from(`${key.key}:${key.password}`)
      return { ...key, expected, header: Buffer.from(`Basic ${expected.toString('base64')}`) }
    })
    /** The key whose `part` is `given`. Compares every key, found or not, so that the time reveals nothing. */
    function keyWith(part: 'expected' | 'header', given: Buffer): ApiKey | undefined {
      let found: ApiKey | undefined
      for (const key of known) if (equalInConstantTime(key[part], given)) found = key
      return found
    }
    const whyNot = ({ isReadOnly }: ApiKey, method: string) =>
      isReadOnly && !isRead(method) ? errors.readOnlyKey(method) : undefined

    await app.register(basicAuth, {
      authenticate: { realm: 'StackOne' },
      validate(username, password, { method }, _reply, done) {
        const found = keyWith('expected', Buffer.from(`${username}:${password}`))
        done(found === undefined ? errors.unknownKey() : whyNot(found, method))
      },
    })
    const check = app.basicAuth.bind(app)

    app.addHook('onRequest', (request, reply, done) => {
      // Nearly all headers have this form, which takes no parsing.
      const usual = keyWith('header', Buffer.from(request.headers.authorization ?? ''))
      if (usual !== undefined) {
        done(whyNot(usual, request.method))
        return
      }
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
 * A copy of `request` with a colon after its key; undefined if the key has one already, or is not text. The journal
 * shows the original.
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
