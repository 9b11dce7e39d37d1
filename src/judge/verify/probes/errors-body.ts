import { contract } from '../../check'
import { ErrorSchema } from '../../../../schemas/error'
import { at, expectProperties, expectShape, expectThat } from '../expect'
import { errorCalls } from '../shared/error-calls'
import type { Probe } from '../probe'

export const errorsBody: Probe = {
  id: 'errors-body',
  title: 'Errors have the documented body',
  why: 'The official SDK throws its typed error only if these properties are there.',
  expected: 'statusCode, message, timestamp, errorCode and provider_errors, statusCode being the status',
  source: contract('Errors', 'documented'),
  isWriting: false,
  async run(context) {
    for (const { call } of errorCalls(context)) {
      const exchange = await context.call(call)
      expectProperties(exchange, ['statusCode', 'message', 'timestamp', 'errorCode', 'provider_errors'])
      expectShape(exchange, ErrorSchema, exchange.status)
      expectThat(at(exchange.json, 'statusCode') === exchange.status, exchange, 'statusCode is not the status.')
    }
  },
}
