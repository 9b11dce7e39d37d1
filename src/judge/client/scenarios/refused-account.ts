import { contract, passed } from '../../check'
import { expectEnd, expectFailure, expectNoRepeats } from '../expectations'
import { checkOf } from '../scenario'

export const refusedAccount = checkOf({
  id: 'refused-account',
  title: "When the account's integration is disabled, it ends with an error and does not retry",
  why: 'StackOne answers 412 until somebody enables the integration, which no retry does.',
  expected: 'An exit code other than 0, and no retries.',
  source: contract('Authentication and accounts', 'documented'),
  prepare: () => (account) => account.link({ status: 'disabled' }),
  judge(compared) {
    expectNoRepeats(compared)
    expectEnd(compared.run)
    expectFailure(compared.run, 412)
    return passed
  },
})
