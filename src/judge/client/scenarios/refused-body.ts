import { contract, passed, reported } from '../../check'
import { expectEnd, expectFailure, expectNoRepeats, struckCall } from '../expectations'
import { evidenceOfRun } from '../run-evidence'
import { checkOf, failEveryOrder } from '../scenario'

const message = 'Validation failed: package.id is not offered to this account'

export const refusedBody = checkOf({
  id: 'refused-body',
  title: 'When an order is refused with 400, it ends with an error that shows why',
  why: 'The same body is refused each time, and only the message says what is wrong with it.',
  expected: "An exit code other than 0, no retries, and StackOne's message in the output.",
  source: `${contract('Errors', 'documented')}; RFC 9110, section 15.5 (Client Error 4xx)`,
  prepare: failEveryOrder({ status: 400, message }),
  judge(compared) {
    const { run } = compared
    expectNoRepeats(compared)
    expectEnd(run)
    struckCall(run)
    expectFailure(run, 400)
    if (run.output.includes(message)) return passed
    return reported(
      `Its output does not show StackOne's message, "${message}". Whoever reads the output needs it.`,
      evidenceOfRun(run),
    )
  },
})
