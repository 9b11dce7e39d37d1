import { isIP } from 'node:net'
import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { errors, type SandboxError } from '../errors'

export interface GuardOptions {
  /** What callers have to bring; null: nothing. */
  token: string | null
  publicUrl: string | null
}

/**
 * Blocks foreign web pages (by their Origin, and by DNS rebinding) and callers without the token, if there is one.
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
  // By its name alone: a proxy may tell of another port than the one that was called.
  if (!isLocal(name) && name !== known?.hostname) return errors.foreignHost(host)
  const isOwn = origin === undefined || origin === known?.origin || /^https?:\/\/(.*)$/.exec(origin)?.[1] === host
  return isOwn ? undefined : errors.foreignOrigin(origin)
}

const nameOf = (host: string) =>
  host
    .replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase()

/** Names that no stranger can let point here: addresses, those without a dot, and what stands for this machine. */
const isLocal = (name: string) =>
  isIP(name) !== 0 || !name.includes('.') || name.endsWith('.localhost') || name === 'host.docker.internal'

function whyUnknown({ headers }: FastifyRequest, token: string | null): SandboxError | undefined {
  if (token === null) return undefined
  const [, given = ''] = /^bearer +(.*)$/i.exec(headers.authorization ?? '') ?? []
  return timingSafeEqual(digest(given), digest(token)) ? undefined : errors.missingControlToken()
}

const digest = (text: string) => createHash('sha256').update(text).digest()
