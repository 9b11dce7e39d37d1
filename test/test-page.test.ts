import t from 'tap'
import { postOrder, sandboxFor } from './support'

async function pageOf(url: string, order: object) {
  const { body } = await postOrder(url, order)
  const response = await fetch(body['test_url'] as string)
  return { status: response.status, headers: response.headers, html: await response.text() }
}

t.test('test_url opens a page with the candidate, the package and the state of the order', async (t) => {
  const { url } = await sandboxFor(t)
  const { status, headers, html } = await pageOf(url, {
    candidate: { first_name: 'Mia', last_name: 'Lindqvist' },
    package: { id: 'pkg_1', name: 'TypeScript basics' },
  })

  t.equal(status, 200)
  t.equal(headers.get('content-type'), 'text/html; charset=utf-8')
  t.match(html, '>Mia Lindqvist<')
  t.match(html, '>TypeScript basics<')
  t.match(html, '>ordered<')
})

t.test('the page says what an order does not name', async (t) => {
  const { url } = await sandboxFor(t)
  t.match((await pageOf(url, {})).html, /Candidate<\/dt>\s*<dd dir="auto">not named in the order/)
  t.match((await pageOf(url, { candidate: null, package: null })).html, 'not named in the order')
  t.match((await pageOf(url, { package: { id: 'pkg_1' }, candidate: { last_name: 'Ito' } })).html, />Ito<[^]*>pkg_1</)
})

t.test('everything from the order is escaped', async (t) => {
  const { url } = await sandboxFor(t)
  const hostile = `<script>alert(1)</script>"'&<img src=x onerror=alert(1)>!`
  const { html } = await pageOf(url, {
    candidate: { first_name: hostile, last_name: '${7*7} {{7*7}} مرحبا 😀' },
    package: { name: hostile },
  })

  t.notMatch(html, '<script')
  t.notMatch(html, '<img')
  t.match(html, '&#60;script&#62;alert(1)&#60;/script&#62;&#34;&#39;&#38;')
  t.match(html, '${7*7} {{7*7}} مرحبا 😀')
})

t.test('the page may load nothing, and nobody may keep, index or frame it', async (t) => {
  const { url } = await sandboxFor(t)
  const { headers } = await pageOf(url, {})
  const policy = headers.get('content-security-policy') ?? ''

  t.match(
    policy,
    /^default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
  )
  t.equal(headers.get('cache-control'), 'no-store')
  t.equal(headers.get('x-robots-tag'), 'noindex, nofollow')
  t.equal(headers.get('x-content-type-options'), 'nosniff')
  t.equal(headers.get('referrer-policy'), 'no-referrer')
})

t.test('an unknown, a long and a strange token get a page too', async (t) => {
  const { url } = await sandboxFor(t)
  for (const [token, status] of [
    ['AAAAAAAAAAAAAAAAAAAAAA', 404],
    ['x'.repeat(8_000), 404],
    ['%F0%9F%98%80', 404],
  ] as const) {
    const response = await fetch(`${url}/tests/${token}`)
    t.equal(response.status, status)
    t.equal(response.headers.get('cache-control'), 'no-store')
    t.match(await response.text(), 'There is no such assessment')
  }
})

t.test('the page needs no key, and each order has a token of its own', async (t) => {
  const { url } = await sandboxFor(t)
  const orders = await Promise.all(Array.from({ length: 300 }, () => postOrder(url, {})))
  t.equal(new Set(orders.map(({ body }) => body['test_url'])).size, 300)
})
