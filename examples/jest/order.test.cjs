const { startSandbox } = require('stackone-assessments-sandbox')

let sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
afterEach(() => sandbox.reset())

const headers = {
  authorization: `Basic ${btoa('sandbox:')}`,
  'x-account-id': 'acme',
  'content-type': 'application/json',
}
const post = (body) =>
  fetch(`${sandbox.url}/unified/ats/assessments/orders`, { method: 'POST', headers, body: JSON.stringify(body) })

test('a provider that is down answers 502', async () => {
  await sandbox.account('acme').faults.add({ status: 502 })
  expect((await post({})).status).toBe(502)
  expect((await post({})).status).toBe(200)
})

test('requests can be verified, and the nearest miss is explained', async () => {
  await post({ candidate: { first_name: 'Mia' } })
  const { requests } = sandbox.account('acme')
  expect(await requests.verify({ body: { candidate: { first_name: 'Mia' } } })).toMatchObject({ matched: 1 })
  await expect(requests.verify({ body: { candidate: { first_name: 'Mya' } } })).rejects.toThrow(
    'body.candidate.first_name is "Mia", not "Mya"',
  )
})
