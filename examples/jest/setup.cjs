const { startSandbox } = require('stackone-assessments-sandbox')

// Require this in a test file: it starts a sandbox for the file, and gives each test an account of its own, so that tests
// don't see each other's orders.

/**
 * What a test uses: the `sandbox`, the `account` that your client sends as `x-account-id`, and `mine`, which arranges and
 * asserts in that account. Read them in a test, since they are set before it.
 */
const own = {}

let tests = 0
beforeAll(async () => {
  own.sandbox = await startSandbox()
})
beforeEach(() => {
  own.account = `jest-${++tests}`
  own.mine = own.sandbox.account(own.account)
})
afterEach(() => own.mine.reset())
afterAll(() => own.sandbox.close())

module.exports = own
