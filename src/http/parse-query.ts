/** Parses a query string with its nesting: `filter[updated_after]=…`. Brackets never make an array: keys of `proxy` may be numbers. */
export function parseQuery(text: string): Record<string, unknown> {
  // Most calls have no query: those do not load the parser.
  if (text === '') return {}
  const { parse } = require('qs') as typeof import('qs')
  return parse(text, { parseArrays: false, plainObjects: true })
}
