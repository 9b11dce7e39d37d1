import { request } from 'node:http'
import t from 'tap'
import { goodHeaders, ordersPath, sandboxFor } from '../support/sandbox'

/** The origin of the `test_url` that a client gets when it calls `url` with this `host`. */
function originFor(url: string, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request(url + ordersPath, { method: 'POST', headers: { ...goodHeaders, host } }, (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.on('end', () => {
        const { test_url } = JSON.parse(text) as { test_url: string }
        resolve(test_url.slice(0, test_url.indexOf('/tests/')))
      })
    })
    call.on('error', reject)
    call.end('{}')
  })
}

t.test('test_url starts with the host that the client called', async (t) => {
  const { url } = await sandboxFor(t)
  t.equal(await originFor(url, 'localhost:4600'), 'http://localhost:4600')
  t.equal(await originFor(url, 'sandbox'), 'http://sandbox')
  t.equal(await originFor(url, 'my_service.internal:80'), 'http://my_service.internal')
  t.equal(await originFor(url, '[::1]:4600'), 'http://[::1]:4600')
  t.equal(await originFor(url, 'SANDBOX.example.com'), 'http://sandbox.example.com')
})

t.test('an invalid Host falls back to the listening address', async (t) => {
  const { url } = await sandboxFor(t)
  for (const host of ['999.1.1.1', 'a:99999', '..', 'a..b', '-', 'a:0', '1', 'x'.repeat(64), 'a.'.repeat(200)]) {
    t.equal(await originFor(url, host), url, host)
  }
})

t.test('a sandbox that listens on all addresses generates URLs that can be called', async (t) => {
  const { url } = await sandboxFor(t, { host: '0.0.0.0' })
  t.match(await originFor(url, '999.1.1.1'), /^http:\/\/127\.0\.0\.1:\d+$/)
})

t.test('SANDBOX_PUBLIC_URL overrides both, with its path and without its trailing slash', async (t) => {
  const { url } = await sandboxFor(t, { publicUrl: 'https://sandbox.example.com/stackone/' })
  t.equal(await originFor(url, 'localhost'), 'https://sandbox.example.com/stackone')
})
