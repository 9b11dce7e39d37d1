import { SandboxError } from '../errors'

/** Why the control API refused something. The message says what is wrong and what to do about it. */
export class ControlError extends Error {
  override readonly name = 'ControlError'

  constructor(
    message: string,
    /** As over HTTP: 400 for a wrong call, 404 for what is not there, 408 for what did not come in time … */
    readonly statusCode: number,
    readonly hint: string,
    /** What did come, when something was waited for in vain. */
    readonly came: readonly unknown[] = [],
  ) {
    super(`${message}\n${hint}`)
  }
}

/** `error` as users of the control see it. */
export function toControlError(error: unknown): unknown {
  if (!(error instanceof SandboxError)) return error
  const { came } = error.details as { came?: unknown[] }
  return new ControlError(error.message, error.statusCode, error.hint, came)
}
