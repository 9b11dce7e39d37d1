import { isSecretName, mask } from './secret-names'

/** Headers as Node and Fastify give them. */
type Headers = Readonly<Record<string, string | number | readonly string[] | undefined>>

/** Headers as they are shown: those that may be secret are masked. */
export const shownHeaders = (headers: Headers): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, shownHeader(name, String(value))]),
  )

/** The value of a header, masked if it may be secret. */
export const shownHeader = (name: string, value: string): string => (isSecret(name) ? masked(value) : value)

const known = new Map<string, boolean>()
/** Names that are remembered: nearly all headers have one of a few names, and looking at the words takes time. */
const mostKnown = 500

function isSecret(name: string): boolean {
  let is = known.get(name)
  if (is === undefined) {
    is = isSecretName(name)
    if (known.size < mostKnown) known.set(name, is)
  }
  return is
}

/** Keeps the scheme: it helps to find mistakes and reveals nothing. */
const masked = (value: string) => (/^(basic|bearer) ./i.test(value) ? `${value.split(' ', 1).join()} ${mask}` : mask)
