// Orders an assessment, and tries again what fails for a moment.

const { STACKONE_SERVER_URL: url, STACKONE_API_KEY: key, STACKONE_ACCOUNT_ID: account } = process.env
const order = {
  // With an id of yours, an order that is sent twice is one order.
  id: 'application-31-typescript',
  package: { id: 'pkg_typescript_basics' },
  candidate: { first_name: 'Mia', last_name: 'Lindqvist', emails: [{ type: 'personal', value: 'mia@example.com' }] },
}
const tries = 4
const worthRetrying = [408, 429, 500, 502, 503, 504]

const pass = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000))

/** The answer, or how long to wait before the next try. */
async function send() {
  try {
    const response = await fetch(`${url}/unified/ats/assessments/orders`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${btoa(`${key}:`)}`,
        'x-account-id': account,
        'content-type': 'application/json',
        prefer: 'heartbeat',
      },
      body: JSON.stringify(order),
      signal: AbortSignal.timeout(90_000),
    })
    const answer = await response.json()
    if (response.ok) return { answer }
    if (worthRetrying.includes(response.status)) return { wait: Number(response.headers.get('retry-after') ?? 0) }
    throw Object.assign(new Error(answer.message), { isFinal: true })
  } catch (error) {
    if (error.isFinal) throw error
    // The connection broke, or the answer: nobody knows whether the order arrived.
    return { wait: 0 }
  }
}

for (let i = 1; ; i++) {
  const { answer, wait } = await send()
  if (answer) {
    console.log(answer.test_url)
    break
  }
  if (i === tries) throw new Error(`no answer after ${tries} tries`)
  await pass(Math.max(wait, 0.2 * 2 ** i))
}
