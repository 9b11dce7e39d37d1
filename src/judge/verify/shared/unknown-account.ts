import { CannotTell } from '../../check'
import type { Context } from '../probe'
import { accountsPath, packagesPath } from './paths'

/** Rejects with `CannotTell` if the server links every account that calls it, as the sandbox does by default. */
export async function needsKnownAccounts(context: Context): Promise<void> {
  const { unknownId: account, call } = context
  const isLinked = await context.once('any account', async () => {
    await call({ path: packagesPath, account })
    return (await call({ path: `${accountsPath}/${account}`, account: null })).status === 200
  })
  if (isLinked)
    throw new CannotTell('the server links every account that calls it: SANDBOX_ACCOUNTS lists those it knows')
}
