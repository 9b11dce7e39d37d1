import t from 'tap'
import { sandboxFor } from '../support/sandbox'

const page = async (url: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${url}/_sandbox/ui`, { headers })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

t.test('the root URL redirects to the inspector', async (t) => {
  const { url } = await sandboxFor(t)
  for (const path of ['/', '/_sandbox/ui/']) {
    const response = await fetch(url + path)
    t.equal(response.url, `${url}/_sandbox/ui`)
    t.equal(response.status, 200)
  }
})

t.test('the inspector loads only its own two files and cannot be framed', async (t) => {
  const { url } = await sandboxFor(t)
  const { headers, text } = await page(url)
  t.equal(headers.get('content-type'), 'text/html; charset=utf-8')
  t.match(headers.get('content-security-policy'), /default-src 'none'.*frame-ancestors 'none'/)
  t.notMatch(headers.get('content-security-policy'), /unsafe/)
  const [icon, ...files] = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path).sort()
  t.match(icon, /^data:image\/svg\+xml,<svg /)
  t.strictSame(files, ['ui/app.css', 'ui/app.js'])
  t.notMatch(text, /<style|style=|<script>/)
  for (const [file, type] of [
    ['app.js', 'text/javascript; charset=utf-8'],
    ['app.css', 'text/css; charset=utf-8'],
  ] as const) {
    for (let i = 0; i < 2; i++) {
      const response = await fetch(`${url}/_sandbox/ui/${file}`)
      t.equal(response.headers.get('content-type'), type)
      t.equal(response.headers.get('x-content-type-options'), 'nosniff')
      t.ok((await response.text()).length > 1000)
    }
  }
  t.equal((await fetch(`${url}/_sandbox/ui/package.json`)).status, 404)
})

t.test('the inspector reveals the default API key for its examples, and no other', async (t) => {
  const keyOf = async (options: Parameters<typeof sandboxFor>[1]) =>
    /<meta name="sandbox-key" content="([^"]*)"/.exec((await page((await sandboxFor(t, options)).url)).text)?.[1]
  t.equal(await keyOf({}), 'sandbox:')
  t.equal(await keyOf({ apiKeys: ['mine', 'sandbox'] }), 'sandbox:')
  for (const apiKeys of [['mine'], ['sandbox:password'], ['mine', 'sandbox=read-only']])
    t.equal(await keyOf({ apiKeys }), '', apiKeys.join())
  t.equal(await keyOf({ controlToken: 'let-me-in' }), '', 'no key if the control API requires a token')
})

t.test('under DNS rebinding the inspector answers 403', async (t) => {
  const { url } = await sandboxFor(t)
  const { request } = await import('node:http')
  const status = await new Promise((resolve, reject) => {
    request(`${url}/_sandbox/ui`, { headers: { host: 'evil.example.com' } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
  t.equal(status, 403)
})
