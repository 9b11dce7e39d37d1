/** What the entry points of the published package load: one file, since most of it serves both. */

/** Runs the command, with the arguments of this process. */
export function command(): void {
  require('./cli')
}

/** The exports of the package. */
export const api = (): typeof import('./index') => require('./index') as typeof import('./index')
