import { type Called, type ErrorExample, errorsOf, isHealth } from './error-examples'
import { errorBody } from '../../errors'
import { fidelityOf, marked } from './fidelity'

/** The time in every example. */
const when = Date.parse('2026-11-23T09:30:00.000Z')

/** Requests that cannot be read get StackOne's body everywhere. */
const unread = ['malformedRequest', 'requestTooSlow', 'headersTooLarge']

/** A response for each error status of an operation, with an example of each error. */
export function errorResponses(called: Called): Record<string, object> {
  const byStatus = new Map<number, ErrorExample[]>()
  for (const example of errorsOf(called)) {
    const { statusCode } = example.error
    byStatus.set(statusCode, [...(byStatus.get(statusCode) ?? []), example])
  }
  return Object.fromEntries(
    [...byStatus].map(([status, examples]) => [status, errorResponse(called, status, examples)]),
  )
}

function errorResponse(called: Called, status: number, examples: readonly ErrorExample[]): object {
  const inStackonesBody = called.operation !== null || isHealth(called.path)
  const reasons = `${examples.map((example) => example.when).join('. ')}.`
  return {
    ...marked(reasons, fidelityOf(called.operation, status)),
    headers: {
      'x-sandbox-hint': { $ref: '#/components/headers/Hint' },
      ...(called.operation !== null &&
        (status === 408 || status === 429) && { 'retry-after': { $ref: '#/components/headers/RetryAfter' } }),
    },
    content: {
      'application/json': {
        schema: { $ref: `#/components/schemas/${inStackonesBody ? 'Error' : 'ControlError'}` },
        examples: Object.fromEntries(
          examples.map(({ name, when: summary, error }) => [
            name,
            {
              summary,
              description: error.hint,
              value: {
                ...errorBody(error, when),
                ...(!inStackonesBody && !unread.includes(name) && { hint: error.hint, ...error.details }),
              },
            },
          ]),
        ),
      },
    },
  }
}
