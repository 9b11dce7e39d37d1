import { contract } from '../../check'
import { at, expectThat } from '../expect'
import { errorCalls } from '../shared/error-calls'
import type { Probe } from '../probe'

export const errorsCodes: Probe = {
  id: 'errors-codes',
  title: 'Each error has the errorCode that the sandbox gives it',
  why: 'Clients tell errors apart by it.',
  expected: 'UnauthorizedError, BadRequestError, ValidationError or NotFoundError, by what is wrong',
  source: contract('Errors', 'assumed'),
  isWriting: false,
  async run(context) {
    for (const { call, error } of errorCalls(context)) {
      const exchange = await context.call(call)
      const isSo = at(exchange.json, 'errorCode') === error.errorCode
      expectThat(isSo, exchange, `The errorCode is not ${error.errorCode}.`)
    }
  },
}
