import { Type } from '@sinclair/typebox'
import { AccountSchema, nothing } from '../../../schemas/control/builders'
import { ClockSchema, TimeToPassSchema, TimeToSetSchema } from '../../../schemas/control/clock'
import { FaultListSchema, FaultSchema, FaultToAddSchema } from '../../../schemas/control/faults'
import { SnapshotSchema } from '../../../schemas/control/snapshot'
import { IdParams } from '../../../schemas/queries'
import type { Calls } from '../call'

const account = AccountSchema
const clock = { 200: ClockSchema }

/** Faults, the clock, and the state as a whole. */
export const settingCalls = {
  listFaults: { route: ['GET', '/faults'], summary: 'List faults', account, response: { 200: FaultListSchema } },
  addFault: {
    route: ['POST', '/faults'],
    summary: 'Make calls fail',
    account,
    body: FaultToAddSchema,
    response: { 201: FaultSchema },
  },
  removeFaults: {
    route: ['DELETE', '/faults'],
    summary: 'Remove the faults of an account, or all faults',
    account,
    response: { 204: nothing('They are removed') },
  },
  removeFault: {
    route: ['DELETE', '/faults/:id'],
    summary: 'Remove a fault',
    params: IdParams('Identifier of the fault', 'fault-1'),
    response: { 204: nothing('It is removed') },
  },

  readClock: { route: ['GET', '/clock'], summary: 'Read the clock', response: clock },
  freezeClock: { route: ['POST', '/clock/freeze'], summary: 'Freeze the clock', response: clock },
  resumeClock: { route: ['POST', '/clock/resume'], summary: 'Resume the clock', response: clock },
  setClock: { route: ['POST', '/clock/set'], summary: 'Set the clock', body: TimeToSetSchema, response: clock },
  advanceClock: {
    route: ['POST', '/clock/advance'],
    summary: 'Advance the clock, and run everything that falls due',
    body: TimeToPassSchema,
    response: clock,
  },

  reset: {
    route: ['POST', '/reset'],
    summary: 'Reset an account, or everything',
    account,
    response: { 204: nothing('The reset is done') },
  },
  takeSnapshot: {
    route: ['GET', '/snapshot'],
    summary: 'Export a snapshot of an account, or of everything',
    account,
    response: { 200: SnapshotSchema },
  },
  loadSnapshot: {
    route: ['PUT', '/snapshot'],
    summary: 'Load a snapshot, which replaces the current state',
    // `loadSnapshot` checks it, with better messages about documents of another kind or version.
    body: Type.Unknown({ description: 'A snapshot' }),
    response: { 204: nothing('The snapshot is loaded') },
  },
} satisfies Partial<Calls>
