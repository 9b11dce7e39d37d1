/**
 * Makes Node load TypeScript as CommonJS, which all of it here is.
 *
 * @type {import('node:module').LoadHook}
 */
export const load = (url, context, next) =>
  url.endsWith('.ts') ? { format: 'commonjs', source: undefined, shortCircuit: true } : next(url, context)
