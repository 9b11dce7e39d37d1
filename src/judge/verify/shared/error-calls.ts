import { errors, type SandboxError } from '../../../errors'
import type { Call } from '../call'
import type { Context } from '../probe'
import { packagesPath } from './paths'

/** A call that is refused, and the error that the sandbox answers. */
interface Refused {
  call: Call
  error: SandboxError
}

/** A refusal of each kind that can be provoked without sending anything that could be accepted. */
export const errorCalls = ({ unknownId }: Pick<Context, 'unknownId'>): readonly Refused[] => [
  { call: { path: packagesPath, auth: 'none' }, error: errors.missingAuthorization() },
  { call: { path: packagesPath, auth: 'wrong' }, error: errors.unknownKey() },
  { call: { path: packagesPath, account: null }, error: errors.missingAccount() },
  { call: { path: `${packagesPath}/${unknownId}` }, error: errors.unknownPackage(unknownId) },
  { call: { path: `${packagesPath}?next=not-a-cursor` }, error: errors.invalidCursor() },
  {
    call: { path: '/unified/ats/no_such_resource' },
    error: errors.unknownPath({ method: 'GET', path: '/unified/ats/no_such_resource', why: '' }),
  },
]
