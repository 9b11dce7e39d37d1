import type { RequestDetail } from '../../../schemas/control/requests'
import { isRefused } from '../words'

/** The warnings of a request. */
export function WhatLooksWrong({ request }: { request: RequestDetail }) {
  const { warnings } = request
  if (warnings.length === 0) return null
  return (
    <div class="notice warning">
      <p>
        <strong>{isRefused(request) ? 'Also looks like a mistake:' : 'Accepted, but probably a mistake:'}</strong>
      </p>
      <ul class="warnings">
        {warnings.map(({ path, message }) => (
          <li key={path} dir="auto">
            {message}
          </li>
        ))}
      </ul>
    </div>
  )
}
