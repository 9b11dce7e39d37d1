import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyPluginAsync } from 'fastify'
import { usableDefaultKey } from '../../config'
import type { Deps } from '../../deps'
import { controlGuard } from '../../plugins/control-guard'

/** Nothing but its own files may load, and it may call nobody but the sandbox. */
const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  // The files change with the version, and their names do not.
  'cache-control': 'no-cache',
  'x-robots-tag': 'noindex, nofollow',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

const contentTypes = { 'app.js': 'text/javascript; charset=utf-8', 'app.css': 'text/css; charset=utf-8' }

/** Where the build puts the page: beside the compiled code, or below `dist` for who runs the sources. */
const folders = ['../../../inspector', '../../../dist/inspector'].map((path) => join(__dirname, path))

/**
 * `/_sandbox/ui`: a page that shows what goes on, and acts through the control API. The page asks for no token, since it
 * holds nothing yet; what it calls does.
 */
export const inspector: FastifyPluginAsync<{ deps: Deps }> = async (app, { deps }) => {
  // Read when it is asked for: most runs never look.
  const texts = new Map<string, string>()
  function read(name: string) {
    const text = texts.get(name) ?? readFileSync(join(folders.find(existsSync) ?? '', name), 'utf8')
    texts.set(name, text)
    return text
  }
  const hide = { schema: { hide: true } }

  // Under DNS rebinding the page must not reveal the key.
  await app.register(controlGuard, { token: null, publicUrl: deps.config.publicUrl })

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
 * The page with the key that its examples call with: the default one, which everybody knows, or none. Whoever reaches the
 * page may read it, so that it holds no other; and none at all where callers of the control API need a token.
 */
function withKey(page: string, { config, access }: Deps): string {
  const isShown = access.token === null && usableDefaultKey(config) !== undefined
  return page.replace(/(<meta name="sandbox-key" content=")[^"]*/, (_all, before: string) =>
    isShown ? `${before}sandbox:` : before,
  )
}
