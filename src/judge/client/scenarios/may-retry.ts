import { type Finding, passed, reported } from '../../check'
import { counted, howItEnded, isContent, orderCalls } from '../client-run'
import { expectEnd, expectNoMoreOrders, expectSuccess, struckCall } from '../expectations'
import { evidenceOfRun } from '../run-evidence'
import type { Compared } from '../scenario'

/** Judges a run in which the client may try again or end with an error, but not claim that all went well. */
export function mayRetry(compared: Compared): Finding {
  const { run, baseline } = compared
  expectNoMoreOrders(compared)
  expectEnd(run)
  struckCall(run)
  if (isContent(run)) {
    expectSuccess(compared)
    return passed
  }
  return reported(
    `It ended with ${howItEnded(run)} after ${counted(orderCalls(run).length, 'call')}, with ${String(run.orders)} of ${counted(baseline.orders, 'order')} placed. Nothing says that a client must try again here; with an id in each order, it safely can.`,
    evidenceOfRun(run),
  )
}
