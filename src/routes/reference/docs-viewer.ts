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
  ['', (deps) => ({ type: html, text: pageWith(usableDefaultKey(deps.config) === undefined ? '' : 'sandbox') })],
  ['json', async (deps) => ({ type: 'application/json; charset=utf-8', text: JSON.stringify(await document(deps)) })],
  ['static/page.css', () => ({ type: css, text: builtFile('docs/page.css'), isFixed: true })],
  ['static/page.js', () => ({ type: script, text: builtFile('docs/page.js'), isFixed: true })],
  [
    'static/swagger-ui-bundle.js',
    () => ({ type: script, text: builtFile('docs/swagger-ui-bundle.js'), isFixed: true }),
  ],
])

/** That of the inspector. */
const icon =
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><rect width='16' height='16' rx='4' fill='%232746b3'/><path d='m4 8.5 2.8 2.8L12 5.5' fill='none' stroke='%23fff' stroke-width='2' stroke-linecap='round' stroke-linejoin='round'/></svg>"

/** Swagger UI in a frame of the sandbox's own, with addresses that are relative to the page. */
const pageWith = (key: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="sandbox-key" content="${key}" />
    <title>API reference: StackOne assessments sandbox</title>
    <link rel="icon" href="${icon}" />
    <link rel="stylesheet" href="./static/page.css?${version}" />
  </head>
  <body>
    <div id="app"></div>
    <noscript>The API reference needs JavaScript. The same is in openapi.json, one level up.</noscript>
    <script src="./static/swagger-ui-bundle.js?${version}"></script>
    <script src="./static/page.js?${version}"></script>
  </body>
</html>
`

/** The document to show. Calls go to the host of the viewer. */
const document = async (deps: Deps) => ({
  ...withSharedResponses(await openapiDocument(deps)),
  servers: [{ url: '..', description: 'This sandbox' }],
})
