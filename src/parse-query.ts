import { parse } from 'picoquery'

/** A query string with its nesting: `filter[updated_after]=…`. Keys of `proxy` that are numbers make no list of it. */
export function parseQuery(text: string): Record<string, unknown> {
  const query = parse(text, { nestingSyntax: 'index' }) as Record<string, unknown>
  return Array.isArray(query['proxy']) ? { ...query, proxy: Object.fromEntries(query['proxy'].entries()) } : query
}
