const own = require('./setup.cjs')

const post = (body) =>
  fetch(`${own.sandbox.url}/unified/ats/assessments/orders`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa('sandbox:')}`,
      'x-account-id': own.account,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  })

test('a provider that is down answers 502', async () => {
  await own.mine.faults.add({ status: 502 })
  expect((await post({})).status).toBe(502)
  expect((await post({})).status).toBe(200)
})

test('requests can be verified, and the nearest miss is explained', async () => {
  await post({ candidate: { first_name: 'Mia' } })
  const { requests } = own.mine
  expect(await requests.verify({ body: { candidate: { first_name: 'Mia' } } })).toMatchObject({ matched: 1 })
  await expect(requests.verify({ body: { candidate: { first_name: 'Mya' } } })).rejects.toThrow(
    'body.candidate.first_name is "Mia", not "Mya"',
  )
})
