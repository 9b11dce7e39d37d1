import type { FastifyPluginAsync } from 'fastify'
import { usableDefaultKey } from '../../config'
import type { Deps } from '../../deps'
import { builtFile } from '../../http/built-file'
import { controlGuard } from '../../plugins/control-guard'

/** Only the page's own files may load, and only the sandbox may be called. */
const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  // The files change with the version, but keep their names.
  'cache-control': 'no-cache',
  'x-robots-tag': 'noindex, nofollow',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

const contentTypes = { 'app.js': 'text/javascript; charset=utf-8', 'app.css': 'text/css; charset=utf-8' }

/**
 * `/_sandbox/ui`: a page that shows orders, requests and deliveries, and acts through the control API. The page itself
 * holds no data and needs no token; its calls do.
 */
export const inspector: FastifyPluginAsync<{ deps: Deps }> = async (app, { deps }) => {
  const read = (name: string) => builtFile(`inspector/${name}`)
  const hide = { schema: { hide: true } }

  // Under DNS rebinding the page must not reveal the key.
  void app.register(controlGuard, { token: null, publicUrl: deps.config.publicUrl })

  app.get('/', { schema: { hide: true, summary: 'Redirects to the inspector' } }, (_request, reply) =>
    reply.redirect('_sandbox/ui'),
  )
  app.get('/_sandbox/ui/', hide, (_request, reply) => reply.redirect('../ui'))
  app.get('/_sandbox/ui', { schema: { hide: true, summary: 'The inspector' } }, (_request, reply) =>
    reply
      .headers(headers)
      .type('text/html; charset=utf-8')
      .send(withKey(read('index.html'), deps)),
  )
  for (const [name, type] of Object.entries(contentTypes)) {
    app.get(`/_sandbox/ui/${name}`, hide, (_request, reply) => reply.headers(headers).type(type).send(read(name)))
  }
}

/**
 * The page, with the default key for its examples if that key works. Anyone who reaches the page can read it, so it
 * never holds another key, and none at all if the control API needs a token.
 */
function withKey(page: string, { config, access }: Deps): string {
  const isShown = access.token === null && usableDefaultKey(config) !== undefined
  return page.replace(/(<meta name="sandbox-key" content=")[^"]*/, (_all, before: string) =>
    isShown ? `${before}sandbox:` : before,
  )
}
