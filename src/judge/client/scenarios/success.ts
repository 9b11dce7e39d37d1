import { type Check, contract, passed } from '../../check'
import { notAsExpected } from '../expectations'
import type { JudgedClient } from '../judged-client'

export const success: Check<JudgedClient> = {
  id: 'success',
  title: 'It places its orders when nothing goes wrong',
  why: 'The other scenarios are compared with this run.',
  expected: 'Exit code 0, and at least one order for the account in STACKONE_ACCOUNT_ID.',
  source: contract('Operations', 'documented'),
  async run(client) {
    const { run, problem } = await client.baseline()
    if (problem !== null) throw notAsExpected(run, problem)
    return passed
  },
}
