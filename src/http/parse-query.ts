/** A parameter may be repeated this often: beyond its own `arrayLimit`, of 20, qs makes an object of an array. */
const limits = { arrayLimit: 1_000, parameterLimit: 1_000 }

/**
 * Parses a nested query string: `filter[updated_after]=…`. Brackets never make an array, since keys of `proxy` may be
 * numbers.
 */
export function parseQuery(text: string): Record<string, unknown> {
  // Most calls have no query, so the parser is loaded only when needed.
  if (text === '') return {}
  const { parse } = require('qs') as typeof import('qs')
  return parse(text, { parseArrays: false, plainObjects: true, ...limits })
}
