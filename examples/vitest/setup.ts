import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { type AccountControl, type Sandbox, startSandbox } from 'stackone-assessments-sandbox'

// Import this in a test file: it starts a sandbox for the file, and gives each test an account of its own, so that tests
// don't see each other's orders.

export let sandbox: Sandbox
/** The account of the test that runs: what your client sends as `x-account-id`. */
export let account: string
/** Arranges and asserts in that account. */
export let mine: AccountControl

let tests = 0
beforeAll(async () => {
  sandbox = await startSandbox()
})
beforeEach(() => {
  account = `vitest-${++tests}`
  mine = sandbox.account(account)
})
afterEach(() => mine.reset())
afterAll(() => sandbox.close())
