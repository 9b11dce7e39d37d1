import { lookup } from 'node:dns/promises'
import { type AllowedTarget, checkTarget } from '../../deliveries/target-policy'

/** Resolves the server's name once, so that nothing but its addresses is dialled. */
export async function targetOf(url: string): Promise<AllowedTarget> {
  try {
    const { hostname, search, hash } = new URL(url)
    if (search + hash !== '') throw new Error('it has a query or a fragment')
    return await checkTarget(url, [hostname], (name) => lookup(name, { all: true }))
  } catch (error) {
    throw new TypeError(`--url can't be used: ${(error as Error).message}`, { cause: error })
  }
}
