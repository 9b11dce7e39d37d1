import type { Fault, FaultToAdd } from '../../schemas/control/faults'
import type { Deps } from '../deps'
import { errors } from '../errors'

/** Makes calls of an account (null: of all) fail. Throws `invalidBody` for a fault that contradicts itself. */
export async function addFault(
  { faults, logger }: Pick<Deps, 'faults' | 'logger'>,
  accountId: string | null,
  fault: FaultToAdd,
): Promise<Fault> {
  const problem = contradictionIn(fault, 'body')
  if (problem !== null) throw errors.invalidBody([problem])
  const added = await faults.add(accountId, fault)
  if (fault.status === 429 && added.isEndless) {
    logger.warn({ fault: added.id }, 'the SDK retries for up to an hour, so an endless 429 looks like a hang')
  }
  return added
}

/** How a fault, found at `path`, contradicts itself; null if it does not. */
export function contradictionIn(
  { status, answer, delayMs, delayToMs, message, errorCode, retryAfter, times, always }: FaultToAdd,
  path: string,
): string | null {
  if (status === undefined && answer === undefined && delayMs === undefined) {
    return `${path} must have a status, an answer or a delayMs`
  }
  if (status !== undefined && answer !== undefined) return `${path} cannot have both a status and an answer`
  if (status === undefined && (message ?? errorCode ?? retryAfter) !== undefined) {
    return `${path}/message, ${path}/errorCode and ${path}/retryAfter need a status`
  }
  if (delayToMs !== undefined && delayToMs < (delayMs ?? Infinity)) {
    return `${path}/delayToMs needs a delayMs that is not above it`
  }
  return times !== undefined && always === true ? `${path} cannot have both times and always` : null
}
