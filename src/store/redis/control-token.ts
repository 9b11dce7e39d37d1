import type { Link } from './connection'
import { k } from './keys'
import { script } from './script'

/** ARGV: a token. Answers the one that holds: the first. No reset takes it away. */
const keep = script(
  'sandboxKeepControlToken',
  `call('set', ${k.controlToken}, ARGV[1], 'nx')
return call('get', ${k.controlToken})`,
)

/** Agrees with all who share the store on one control token. */
export function tokenOfAll(link: Link): (made: string) => Promise<string> {
  let agreed: string | undefined
  link.onBack(() => {
    // A Redis that lost everything learns it again, so that replicas that start later have the same.
    if (agreed !== undefined) link.run(keep, agreed).catch(() => undefined)
  })
  return async (made) => (agreed = String(await link.run(keep, made)))
}
