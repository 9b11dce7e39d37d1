import { contract, passed } from '../../check'
import { expectEnd, expectSuccess, notAsExpected, retryOf, struckCall } from '../expectations'
import { type Compared, failFirstOrder, type Scenario } from '../scenario'

/** Seconds of `Retry-After`. */
const retryAfter = 1
/** Milliseconds that timers may be early. */
const tolerance = 20

/** A scenario in which the first order is refused for now, with the time to wait. */
export const toldToWait = (status: number): Pick<Scenario, 'expected' | 'source' | 'prepare' | 'judge'> => ({
  expected: `The order is sent again once the ${String(retryAfter)} s of Retry-After are over, and accepted.`,
  source: `${contract('Errors', 'documented')}; RFC 9110, section 10.2.3 (Retry-After)`,
  prepare: failFirstOrder({ status, retryAfter }),
  judge(compared) {
    expectEnd(compared.run)
    expectWait(status, compared)
    expectSuccess(compared)
    return passed
  },
})

function expectWait(status: number, compared: Compared): void {
  const { run } = compared
  const struck = struckCall(run)
  const retry = retryOf(struck, compared)
  if (retry === undefined)
    throw notAsExpected(
      run,
      `It did not send the order again after the ${String(status)}. Wait as long as Retry-After says, then send the same order again.`,
    )
  const waited = retry.receivedAt - struck.receivedAt
  if (waited < retryAfter * 1_000 - tolerance)
    throw notAsExpected(
      run,
      `It sent the order again after ${String(Math.round(waited))} ms, although Retry-After was ${String(retryAfter)} s. Read Retry-After, and wait at least that long.`,
    )
}
