import { CannotTell } from '../../check'
import type { Exchange } from '../call'
import { at } from '../expect'
import type { Context } from '../probe'
import { post } from './orders'
import { checkPackagesPath, part } from './paths'

/** The package of background checks that probes make, change and delete, which is made once. */
export const madePackage = (context: Context): Promise<Exchange> =>
  context.once('package', () => {
    context.last.push(() => deletePackage(context))
    return context.call(
      post(checkPackagesPath, {
        name: 'Verification',
        description: 'Made by assessments-sandbox verify, which deletes it',
        tests: [{ name: 'Identity', description: 'Nothing is checked' }],
        passthrough: { verify: true },
        verify_unknown: true,
      }),
    )
  })

/** The path of that package, and its ids. Rejects with `CannotTell` if none was made. */
export async function madePath(context: Context): Promise<{ path: string; hidden: string[] }> {
  const { status, json } = await madePackage(context)
  if (status !== 201) throw new CannotTell(`the server made no package: it answered ${String(status)}`)
  const id = String(at(json, 'data', 'id'))
  return { path: `${checkPackagesPath}/${part(id)}`, hidden: [id] }
}

/** Deletes that package, once. */
export const deletePackage = (context: Context): Promise<Exchange> =>
  context.once('package deleted', async () => context.call({ method: 'DELETE', ...(await madePath(context)) }))
