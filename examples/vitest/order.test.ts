import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type AccountControl, type Sandbox, startSandbox } from 'stackone-assessments-sandbox'
// @ts-expect-error: a client in JavaScript
import { orderAssessment } from '../client.mjs'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())

/** An account for each test, so that tests don't see each other's orders. */
let tests = 0
let account: string
let mine: AccountControl
beforeEach(() => {
  account = `vitest-${++tests}`
  mine = sandbox.account(account)
})

test('orders for the right candidate', async () => {
  const order = { candidate: { first_name: 'Mia', emails: [{ value: 'mia@example.com' }] } }
  const ordered = orderAssessment({ url: sandbox.url, account, order })

  const { state } = await mine.orders.waitFor({ candidate: { email: 'mia@example.com' } })
  expect(state).toBe('ordered')
  await ordered
})

test('reports what is wrong with an order', async () => {
  await expect(orderAssessment({ url: sandbox.url, account, order: { id: 3 } })).rejects.toThrow(
    'body/id must be string',
  )
  expect(await mine.orders.list()).toEqual([])
})
