import { type Check, contract, NotAsExpected, passed, skipped } from '../../check'
import { packagesIn, type PackagesEndpoint } from '../packages-endpoint'

/** Whether a problem of a list is that an id occurs twice. */
export const isAboutIds = (message: string): boolean => message.includes(' repeats that of data/')

export const packagesIds: Check<PackagesEndpoint> = {
  id: 'packages-ids',
  title: 'Each package has an id of its own, the same at every call',
  why: 'An order names the package by its id, perhaps days after the list was read.',
  expected: 'ids that differ from each other, and the same ones in a second answer',
  source: contract('Packages endpoint', 'assumed'),
  async run(packages) {
    const first = await packages.usual()
    const judged = packagesIn(first)
    if (judged === null || judged.packages.length === 0)
      return skipped('there is no list to compare: see packages-list')
    const repeated = judged.problems.filter(({ message }) => isAboutIds(message))
    if (repeated.length > 0)
      throw new NotAsExpected(repeated.map(({ message }) => message).join('; '), packages.evidenceOf(first))
    const second = await packages.ask()
    const ids = (list: typeof judged | null) => JSON.stringify(list?.packages.map(({ id }) => id).toSorted())
    const [before, after] = [ids(judged), ids(packagesIn(second))]
    if (before !== after)
      throw new NotAsExpected(`The ids were ${before}, and then ${after}`, packages.evidenceOf(second))
    return passed
  },
}
