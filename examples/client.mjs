/** Stands in for your client: orders an assessment, and retries after a 429. */
export async function orderAssessment({ url, account, order, key = 'sandbox' }) {
  for (;;) {
    const response = await fetch(`${url}/unified/ats/assessments/orders`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${btoa(`${key}:`)}`,
        'x-account-id': account,
        'content-type': 'application/json',
      },
      body: JSON.stringify(order),
    })
    if (response.ok) return response.json()
    if (response.status !== 429) throw new Error((await response.json()).message)
    const seconds = Number(response.headers.get('retry-after'))
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  }
}
