import type { Link } from './connection'
import { k } from './keys'
import { script } from './script'

/** ARGV: a token. Returns the one that counts: the first. No reset removes it. */
const keep = script(
  'sandboxKeepControlToken',
  `call('set', ${k.controlToken}, ARGV[1], 'nx')
return call('get', ${k.controlToken})`,
)

/** Agrees on one control token with all processes that share the store. */
export function tokenOfAll(link: Link): (made: string) => Promise<string> {
  let agreed: string | undefined
  link.onBack(() => {
    // A Redis that lost everything gets it again, so that replicas that start later have the same token.
    if (agreed !== undefined) link.run(keep, agreed).catch(() => undefined)
  })
  return async (made) => (agreed = String(await link.run(keep, made)))
}
