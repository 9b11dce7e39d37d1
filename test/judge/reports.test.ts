import t from 'tap'
import type { CheckResult, Report } from '../../src/judge/index'
import { evidenceOf } from '../../src/judge/evidence'
import { junitOf } from '../../src/judge/report/junit'
import { markdownOf } from '../../src/judge/report/markdown'
import { textOf } from '../../src/judge/report/text'

const result = (given: Partial<CheckResult>): CheckResult => ({
  id: 'receiver-native',
  title: 'The webhook accepts <a> & "b" | c',
  verdict: 'fail',
  why: 'It said \u0000\ud800 ]]>',
  source: 'docs/contract.md, Webhooks (documented)',
  expected: '2xx',
  rationale: 'Orders arrive there.',
  evidence: { sent: 'POST http://127.0.0.1/', received: '```\n500\n```', curl: null },
  ...given,
})

const report: Report = {
  checks: [
    result({}),
    result({ id: 'receiver-time', verdict: 'pass', evidence: null }),
    result({ id: 'result-refused', verdict: 'reported', evidence: null, why: 'It gave up' }),
    result({ id: 'receiver-large', evidence: { sent: 'POST', received: '413', curl: 'curl -i' } }),
    result({ id: 'packages-key', verdict: 'skip', why: 'no --packages-auth was given', evidence: null }),
  ],
}

t.test('the JUnit report is well-formed XML, whatever a server answers', (t) => {
  const xml = junitOf(report, 'check provider')
  t.match(xml, 'tests="5" failures="2" errors="0" skipped="1"')
  t.match(xml, 'name="receiver-native: The webhook accepts &#60;a&#62; &#38; &#34;b&#34; | c"')
  t.match(xml, '<failure message="It said \ufffd\ufffd ]]&#62;">')
  t.match(xml, '<skipped message="no --packages-auth was given"/>')
  t.match(xml, '<system-out>It gave up')
  t.end()
})

t.test('the Markdown report shows answers as they are, with any backticks in them', (t) => {
  const markdown = markdownOf(report, 'assessments-sandbox check provider')
  t.match(markdown, '1 passed, 2 failed, 1 reported, where nothing says what to do, 1 skipped.')
  t.match(markdown, '| fail | `receiver-native` | The webhook accepts <a> & "b" \\| c |')
  t.match(markdown, '````text\n```\n500\n```\n````')
  t.match(markdown, 'Repeat it:\n\n```text\ncurl -i\n```')
  t.match(markdown, 'Skipped, as no --packages-auth was given: `packages-key`.')
  t.end()
})

t.test('the text report without a failure has no details', (t) => {
  t.equal(textOf({ checks: [result({ verdict: 'pass' })] }), `✓ receiver-native  ${result({}).title}\n\n1 passed\n`)
  t.match(textOf(report), '? result-refused  The webhook accepts <a> & "b" | c\n    It gave up\n    Expected  2xx')
  t.equal(textOf({ checks: [] }), '\n0 passed\n')
  t.end()
})

t.test('the curl of a request quotes its parts, and keeps secrets in variables of the shell', (t) => {
  const secrets = [{ text: 'c2VjcmV0', variable: 'KEY_BASE64' }]
  const headers = { host: 'example.com', authorization: 'Basic c2VjcmV0', 'x-account-id': "it's" }
  const got = evidenceOf(
    { method: 'GET', url: 'http://127.0.0.1/?a[b]=c', headers, body: null },
    { error: 'no answer' },
    secrets,
  )
  t.equal(
    got.curl,
    `curl -g -i 'http://127.0.0.1/?a[b]=c' \\\n  -H 'authorization: Basic '"$KEY_BASE64" \\\n  -H 'x-account-id: it'\\''s'`,
  )
  t.equal(got.received, 'no answer')
  t.equal(got.sent, "GET http://127.0.0.1/?a[b]=c\nauthorization: Basic ***\nx-account-id: it's")
  const put = evidenceOf(
    { method: 'PUT', url: 'http://127.0.0.1/c2VjcmV0/x', headers: {}, body: '{}' },
    { status: 200, headers: {}, body: 'c2VjcmV0' },
    secrets,
  )
  t.equal(put.curl, `curl -i -X PUT http://127.0.0.1/"$KEY_BASE64"/x \\\n  --data-raw '{}'`)
  t.equal(put.received, '200\n\n***')
  t.end()
})
