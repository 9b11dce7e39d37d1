import { isIP } from 'node:net'
import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { errors, type SandboxError } from '../errors'

export interface GuardOptions {
  /** The bearer token that callers need; null if they need none. */
  token: string | null
  publicUrl: string | null
}

/**
 * Blocks callers without the token, and foreign web pages: CSRF by their Origin, DNS rebinding by their Host.
 */
export const controlGuard = fp<GuardOptions>(
  (app: FastifyInstance, { token, publicUrl }) => {
    const known = publicUrl === null ? null : new URL(publicUrl)

    app.addHook('onRequest', (request, _reply, done) => {
      done(whyForeign(request, known) ?? whyUnknown(request, token))
    })
  },
  { name: 'control-guard' },
)

function whyForeign({ headers }: FastifyRequest, known: URL | null): SandboxError | undefined {
  const { host = '', origin } = headers
  const name = nameOf(host)
  // Without the port, since a proxy may pass on another one.
  if (!isLocal(name) && name !== known?.hostname) return errors.foreignHost(host)
  const isOwn = origin === undefined || origin === known?.origin || /^https?:\/\/(.*)$/.exec(origin)?.[1] === host
  return isOwn ? undefined : errors.foreignOrigin(origin)
}

const nameOf = (host: string) =>
  host
    .replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase()

/**
 * Names that no stranger can point at this machine: addresses, names without a dot, and names of the machine itself.
 */
const isLocal = (name: string) =>
  isIP(name) !== 0 || !name.includes('.') || name.endsWith('.localhost') || name === 'host.docker.internal'

function whyUnknown({ headers }: FastifyRequest, token: string | null): SandboxError | undefined {
  if (token === null) return undefined
  const [, given = ''] = /^bearer +(.*)$/i.exec(headers.authorization ?? '') ?? []
  return timingSafeEqual(digest(given), digest(token)) ? undefined : errors.missingControlToken()
}

const digest = (text: string) => createHash('sha256').update(text).digest()
