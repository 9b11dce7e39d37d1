import type { Warning } from '../../../../schemas/control/requests'
import { type Check, contract, NotAsExpected, passed } from '../../check'
import type { WebhookContext } from '../context'
import { expectReports, inWords } from '../results'

const isAboutProperty = ({ path }: Warning) => path.startsWith('body/')

export const resultKnownProperties: Check<WebhookContext> = {
  id: 'result-known-properties',
  title: 'Reports contain only properties that StackOne knows, and no other likely mistake',
  why: 'Unknown properties are accepted and ignored: a property in camelCase is lost, and nothing says so.',
  expected: 'only the properties of the API reference',
  source: contract('Operations', 'documented'),
  async run(context) {
    const { account, results } = context
    await expectReports(results)
    const { requests } = await account.requests.list({ operation: 'results.update', warned: true, limit: 1_000 })
    // A warning about the whole body only says that a report adds nothing.
    const first = requests.find(({ warnings }) => warnings.some(isAboutProperty))
    if (first === undefined) return passed
    const told = first.warnings
      .filter(isAboutProperty)
      .map(({ message }) => message)
      .join('; ')
    throw new NotAsExpected(told, {
      sent: 'The events of all checks',
      received: inWords(first),
      curl: null,
    })
  },
}
