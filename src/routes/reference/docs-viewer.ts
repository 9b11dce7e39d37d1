import { usableDefaultKey } from '../../config'
import type { Deps } from '../../deps'
import { builtFile } from '../../http/built-file'
import { version } from '../../version'
import { openapiDocument } from './openapi-document'
import { withSharedResponses } from './shared-responses'

/** Only the viewer's own files may load, and only the sandbox may be called. */
export const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cache-control': 'no-cache',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

/** A file of the viewer. */
interface ViewerFile {
  type: string
  text: string
  /** Whether a browser may keep it: its address has the version. */
  isFixed?: boolean
}

/** What is at `path` below `/docs/`; null if there is nothing. */
export async function viewerFile(path: string, deps: Deps): Promise<ViewerFile | null> {
  const make = files.get(path)
  return make === undefined ? null : make(deps)
}

const html = 'text/html; charset=utf-8'
const css = 'text/css; charset=utf-8'
const script = 'text/javascript; charset=utf-8'

const files = new Map<string, (deps: Deps) => ViewerFile | Promise<ViewerFile>>([
  ['', () => ({ type: html, text: page })],
  ['json', async (deps) => ({ type: 'application/json; charset=utf-8', text: JSON.stringify(await document(deps)) })],
  ['static/swagger-ui.css', () => ({ type: css, text: builtFile('docs/swagger-ui.css'), isFixed: true })],
  [
    'static/swagger-ui-bundle.js',
    () => ({ type: script, text: builtFile('docs/swagger-ui-bundle.js'), isFixed: true }),
  ],
  ['static/page.css', () => ({ type: css, text: 'body { margin: 0; background: #fafafa }\n' })],
  ['static/set-up.js', (deps) => ({ type: script, text: settingUp(deps) })],
])

/** Swagger UI, with addresses that are relative to the page. */
const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>API reference: StackOne assessments sandbox</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="./static/swagger-ui.css?${version}" />
    <link rel="stylesheet" href="./static/page.css" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="./static/swagger-ui-bundle.js?${version}"></script>
    <script src="./static/set-up.js"></script>
  </body>
</html>
`

/** The document to show. Calls go to the host of the viewer. */
const document = async (deps: Deps) => ({
  ...withSharedResponses(await openapiDocument(deps)),
  servers: [{ url: '..', description: 'This sandbox' }],
})

/** Runs in the browser. */
const settingUp = ({ config }: Deps) => `const place = 'sandbox-docs-authorized'
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
const viewer = SwaggerUIBundle({
  url: new URL('json', location.href).href,
  dom_id: '#swagger-ui',
  deepLinking: true,
  // Without the bar that loads other documents.
  layout: 'BaseLayout',
  validatorUrl: null,
  docExpansion: 'list',
  defaultModelsExpandDepth: -1,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  plugins: [keepForTab],
  // Without this, the browser asks for a key when one is refused. With -g, curl takes brackets literally.
  requestInterceptor: (request) => Object.assign(request, { credentials: 'omit', curlOptions: ['-g'] }),
  onComplete: () => {
    const kept = sessionStorage.getItem(place)
    if (kept !== null) return viewer.authActions.restoreAuthorization({ authorized: JSON.parse(kept) })
    ${usableDefaultKey(config) !== undefined ? "viewer.preauthorizeBasic('basic', 'sandbox', '')" : ''}
  },
})
`
