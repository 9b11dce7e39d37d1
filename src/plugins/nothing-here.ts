import type { FastifyInstance, FastifyRequest } from 'fastify'
import { errors, type SandboxError } from '../errors'
import { pathOf } from '../http/request-path'
import { nearestPath } from '../validation/nearest-path'
import { methodsOfStackone, stackoneOperations } from './stackone-operations'

declare module 'fastify' {
  interface FastifyInstance {
    /** The paths of all routes, with `{id}` for parameters. */
    servedPaths: Set<string>
  }
}

/** Collects the paths of routes that are registered later. */
export function keepPaths(app: FastifyInstance): void {
  const served = new Set<string>()
  app.decorate('servedPaths', served)
  app.addHook('onRoute', ({ url }) => {
    if (!url.includes('*')) served.add(url.replace(/:(\w+)/g, '{$1}'))
  })
}

/** The error for a request that matches no route. */
export function nothingHere(request: FastifyRequest): SandboxError {
  const { method, headers } = request
  const path = pathOf(request.url)
  if (method === 'OPTIONS' && headers['access-control-request-method'] !== undefined) return errors.preflight(path)
  const slashes = whichSlashes(request, path)
  if (slashes !== null) return errors.unknownPath({ method, path, why: slashes })
  const known = methodsOfStackone(path)
  if (known.includes(method)) return errors.notEmulated(method, path)
  const served = methodsAt(request, path)
  if (served.length > 0) return errors.wrongMethod({ method, path, allowed: served })
  if (known.length > 0) return errors.wrongMethod({ method, path, allowed: known })
  return errors.unknownPath({ method, path, why: whyUnknown(request, path) })
}

const methodsAt = ({ server }: FastifyRequest, path: string) =>
  server.supportedMethods.filter((method) => Boolean(server.findRoute({ method, url: path })))

/** Which slashes make a known path unknown; null if slashes are not the problem. */
function whichSlashes(request: FastifyRequest, path: string): string | null {
  const merged = path.replace(/\/{2,}/g, '/')
  const bare = merged.replace(/\/$/, '')
  if (path === bare || (methodsAt(request, bare).length === 0 && methodsOfStackone(bare).length === 0)) return null
  return path === merged ? 'The path ends with a slash: remove it.' : 'The path has a double slash: write a single one.'
}

function whyUnknown(request: FastifyRequest, path: string): string {
  const nearest = nearestPath(path, [...request.server.servedPaths, ...Object.keys(stackoneOperations)])
  if (nearest !== null) return `Check the path: did you mean ${nearest}?`
  return path.startsWith('/_sandbox')
    ? 'Check the path: the control API has no similar one.'
    : 'Check the path: orders go to POST /unified/ats/assessments/orders.'
}
