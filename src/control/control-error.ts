import { SandboxError } from '../errors'

/** A refusal of the control API. The message says what is wrong and how to fix it. */
export class ControlError extends Error {
  override readonly name = 'ControlError'

  constructor(
    message: string,
    /** As over HTTP: 400 for an invalid call, 404 for something unknown, 408 for a timeout … */
    readonly statusCode: number,
    readonly hint: string,
    /** What did arrive, when an expectation was not met. */
    readonly came: readonly unknown[] = [],
  ) {
    super(`${message}\n${hint}`)
  }
}

/** `error` in the form that users of the control API see. */
export function toControlError(error: unknown): unknown {
  if (!(error instanceof SandboxError)) return error
  const { came } = error.details as { came?: unknown[] }
  return new ControlError(error.message, error.statusCode, error.hint, came)
}
