import { contract } from '../../check'
import { changeable } from '../../../ats/ats'
import { resourceOf } from '../../../ats/resources'
import { entriesOf, expectThat } from '../expect'
import { atsPath } from '../shared/paths'
import { everywhere, firstAt } from '../shared/records'
import type { Probe } from '../probe'

export const atsOnDemand: Probe = {
  id: 'ats-on-demand',
  title: 'Only include and expand show documents, custom fields and the like',
  why: 'A client that forgets them misses these properties.',
  expected: 'not in a plain list, but in one with include',
  source: contract('Reads of the ATS', 'assumed'),
  isWriting: false,
  async run(context) {
    await everywhere(changeable, async (name) => {
      const path = atsPath(name)
      await firstAt(context, path)
      const names = resourceOf(name).onDemand
      const has = (entry: object) => names.some((each) => Object.hasOwn(entry, each))
      const plain = await context.call({ path })
      expectThat(!entriesOf(plain).some(has), plain, `It shows one of ${names.join(', ')}, although nobody asked.`)
      for (const parameter of ['include', 'expand']) {
        const asked = await context.call({ path: `${path}?${parameter}=${names.join(',')}` })
        expectThat(entriesOf(asked).some(has), asked, `It shows none of ${names.join(', ')}.`)
      }
    })
  },
}
