// Relative to this page, so that the sandbox also works behind a proxy's path prefix.

/** The control API: `…/_sandbox/`. */
export const controlBase = new URL('.', location.href.split('#', 1).join())

/** The sandbox itself, without a trailing slash. */
export const sandboxBase = new URL('..', controlBase).href.replace(/\/$/, '')

/** The credential of an API call, `key:password`. The server fills it in unless it is secret. */
const given = document.querySelector<HTMLMetaElement>('meta[name="sandbox-key"]')?.content.trim() ?? ''
export const credential = given === '' ? 'your-key:' : given

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>

/** The URL of a control API path. Empty query values are left out. */
export function controlUrl(path: string, query: Query = {}): URL {
  const url = new URL(path, controlBase)
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') url.searchParams.set(name, String(value))
  }
  return url
}

/** Only web addresses become links: an order may hold anything, `javascript:` included. */
export const isWebAddress = (text: string): boolean => /^https?:\/\//i.test(text)
