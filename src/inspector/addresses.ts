// All are relative to where this page is, so that a proxy may put a prefix before it.

/** The control API: `…/_sandbox/`. */
export const controlBase = new URL('.', location.href.split('#', 1).join())

/** The sandbox itself, with no slash at its end. */
export const sandboxBase = new URL('..', controlBase).href.replace(/\/$/, '')

/** What an API call signs in with, `key:password`; the server puts it there, unless it is a secret. */
const given = document.querySelector<HTMLMetaElement>('meta[name="sandbox-key"]')?.content.trim() ?? ''
export const credential = given === '' ? 'your-key:' : given

export type Query = Readonly<Record<string, string | number | null | undefined>>

/** `path` of the control API, with what of `query` is set. */
export function controlUrl(path: string, query: Query = {}): URL {
  const url = new URL(path, controlBase)
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') url.searchParams.set(name, String(value))
  }
  return url
}

/** Only web addresses become links: what an order holds may be anything. */
export const isWebAddress = (text: string): boolean => /^https?:\/\//i.test(text)
