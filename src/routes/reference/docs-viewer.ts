import swagger, { type StaticDocumentSpec } from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import Fastify, { type FastifyInstance } from 'fastify'
import { usableDefaultKey } from '../../config'
import type { Deps } from '../../deps'
import { errorAnswers } from '../../plugins/error-answers'
import { openapiDocument } from './openapi-document'
import { withSharedResponses } from './shared-responses'

/** Only the viewer's own files may load, and only the sandbox may be called. */
const policy = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': ["'self'", 'data:'],
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
}

/** Serves Swagger UI below `/docs`: a separate server that never listens, so that a plain start need not load it. */
export async function docsViewer(deps: Deps): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({ return503OnClosing: false })
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer')
    done()
  })
  await app.register(errorAnswers, deps)
  // Calls go to the host of the viewer.
  const document = {
    ...withSharedResponses(await openapiDocument(deps)),
    servers: [{ url: '..', description: 'This sandbox' }],
  }
  await app.register(swagger, {
    mode: 'static',
    specification: { document: document as unknown as StaticDocumentSpec['document'] },
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: policy,
    uiConfig: {
      // Hides the bar that loads other documents.
      layout: 'BaseLayout',
      docExpansion: 'list',
      defaultModelsExpandDepth: -1,
      displayRequestDuration: true,
      tryItOutEnabled: true,
    },
    theme: {
      title: 'API reference: StackOne assessments sandbox',
      js: [{ filename: 'set-up.js', content: settingUp(deps) }],
    },
  })
  await app.ready()
  return app
}

/** Runs in the browser before the viewer is built. */
const settingUp = ({ config }: Deps) => `const build = window.SwaggerUIBundle
const place = 'sandbox-docs-authorized'
// Where the viewer would keep a key permanently.
localStorage.removeItem('authorized')
// Keys and tokens are kept as long as the tab is open.
const keepForTab = () => ({
  statePlugins: {
    auth: {
      wrapActions: {
        persistAuthorizationIfNeeded: (_original, { authSelectors }) => () => {
          sessionStorage.setItem(place, JSON.stringify(authSelectors.authorized().toJS()))
        },
      },
    },
  },
})
const buildForSandbox = (config) => {
  const viewer = build({
    ...config,
    plugins: [...(config.plugins ?? []), keepForTab],
    // Without this, the browser asks for a key when one is refused. With -g, curl takes brackets literally.
    requestInterceptor: (request) => Object.assign(request, { credentials: 'omit', curlOptions: ['-g'] }),
    onComplete: () => {
      const kept = sessionStorage.getItem(place)
      if (kept !== null) return viewer.authActions.restoreAuthorization({ authorized: JSON.parse(kept) })
      ${usableDefaultKey(config) !== undefined ? "viewer.preauthorizeBasic('basic', 'sandbox', '')" : ''}
    },
  })
  return viewer
}
window.SwaggerUIBundle = Object.assign(buildForSandbox, build)
`
