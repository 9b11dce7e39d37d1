import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { root } from '../support/documents'
import { sandboxFor } from '../support/sandbox'

const documented = readFileSync(join(root, 'docs/agents.md'), 'utf8')

t.test('/llms.txt is docs/agents.md with the address of the sandbox, and needs neither key nor token', async (t) => {
  const sandbox = await sandboxFor(t, { controlToken: 's3cret' })
  const { url } = sandbox
  const response = await fetch(`${url}/llms.txt`)
  t.equal(response.status, 200)
  t.equal(response.headers.get('content-type'), 'text/plain; charset=utf-8')
  const text = await response.text()
  t.equal(text, documented.replaceAll(/^<!--.*-->\n\n/gm, '').replaceAll('http://127.0.0.1:4600', url))
  t.notMatch(text, '<!--')
  t.notMatch(text, '4600/')
  t.equal((await sandbox.requests.list()).total, 0, 'the journal has only the calls of clients')
})

t.test('/llms.txt gives the public address of a sandbox that has one', async (t) => {
  const { url } = await sandboxFor(t, { publicUrl: 'https://sandbox.example.com' })
  t.match(await (await fetch(`${url}/llms.txt`)).text(), 'https://sandbox.example.com/_sandbox/requests/verify')
})

t.test('the page for coding agents is short, and leads only to what a running sandbox has', (t) => {
  t.ok(documented.split('\n').length <= 200)
  t.notMatch(documented, /\]\((?!https?:)/)
  t.end()
})
