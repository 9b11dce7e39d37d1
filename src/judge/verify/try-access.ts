import type { Context } from './probe'
import { packagesPath } from './shared/paths'

/** Throws a TypeError if there is no point in going on. */
export async function tryAccess({ call }: Context, shownUrl: string): Promise<void> {
  const { status, headers, json } = await call({ path: packagesPath }).catch((error: unknown) => {
    const { message } = error as Error
    const why = message.charAt(0).toUpperCase() + message.slice(1)
    throw new TypeError(`${shownUrl} can't be verified. ${why}`, { cause: error })
  })
  if (status >= 300 && status < 400)
    throw new TypeError(
      `${shownUrl} redirects to ${String(headers.location)}. Redirects aren't followed: give that address.`,
    )
  if (status === 200 && json === undefined)
    throw new TypeError(`${shownUrl} does not answer with JSON, so it has another API at this address. Check --url.`)
  const why = whyPointless[status]
  if (why !== undefined) throw new TypeError(`${shownUrl} answers ${String(status)}: ${why}`)
}

const whyPointless: Readonly<Record<number, string>> = {
  401: 'it refuses the key. Check --key, or STACKONE_API_KEY.',
  403: 'the key may not read packages. Use a key with full rights.',
  404: 'it does not know the account, or has another API at this address. Check --account and --url.',
  412: 'the integration of the account is disabled. Use another account.',
}
