import type { ApiError } from '../api'

/** What went wrong, and what to do about it. */
export const Problem = ({ error }: { error: ApiError }) => (
  <div class="notice" role="alert">
    <p>
      <strong>{error.message}</strong>
    </p>
    {error.hint && <p>{error.hint}</p>}
  </div>
)
