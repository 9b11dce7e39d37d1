import { candidate } from './shared/bodies'

/** Orders that a server places if it accepts all that is sent to it, and those that the sandbox would place. */
export const mostOrders = 15
const expectedOrders = 3

/** What `--write` does to the account, for somebody who has to agree to it. */
export const plan = (url: string): string => {
  const { first_name: first, last_name: last, emails } = candidate
  const address = String(emails[0]?.value)
  return `With --write, verify changes something at ${url}:
- It orders two assessments and a background check for ${first} ${last} (${address}), who doesn't exist,
  and reports their results.
- It creates a package of background checks, changes it and deletes it.
A server that behaves like the sandbox places ${String(expectedOrders)} orders; one that accepts all that it should refuse, ${String(mostOrders)}.`
}
