import { expect, test } from 'vitest'
// @ts-expect-error: a client in JavaScript
import { orderAssessment } from '../client.mjs'
import { account, mine, sandbox } from './setup'

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
