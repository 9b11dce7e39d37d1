import { contract } from '../../check'
import { at, expectThat } from '../expect'
import { errorCalls } from '../shared/error-calls'
import type { Probe } from '../probe'

export const errorsMessages: Probe = {
  id: 'errors-messages',
  title: 'Each error has the message that the sandbox gives it',
  why: 'Clients show it to people, and some compare it.',
  expected: 'the messages of docs/reference/errors.md',
  source: contract('Errors', 'assumed'),
  isWriting: false,
  async run(context) {
    for (const { call, error } of errorCalls(context)) {
      const exchange = await context.call(call)
      const isSo = at(exchange.json, 'message') === error.message
      expectThat(isSo, exchange, `The message is not "${error.message}".`)
    }
  },
}
