import { type Check, contract, NotAsExpected, passed } from '../../check'
import { packagesIn, type PackagesEndpoint } from '../packages-endpoint'
import { capital, inShort } from '../post'
import { isAboutIds } from './packages-ids'

export const packagesList: Check<PackagesEndpoint> = {
  id: 'packages-list',
  title: 'The packages endpoint answers 200 with a valid list that is not empty',
  why: 'What it answers is what a recruiter chooses from. An empty or malformed list leaves nothing to order.',
  expected: '200 with {next, data: [{id, name, …}]}, at least one package',
  source: contract('Packages endpoint', 'documented'),
  async run(packages) {
    const exchange = await packages.usual()
    const judged = packagesIn(exchange)
    const evidence = packages.evidenceOf(exchange)
    if (judged === null)
      throw new NotAsExpected(`${capital(inShort(exchange))}. Are the address, the secret and the key right?`, evidence)
    const problems = judged.problems.filter(({ message }) => !isAboutIds(message))
    if (problems.length > 0) throw new NotAsExpected(problems.map(({ message }) => message).join('; '), evidence)
    return passed
  },
}
