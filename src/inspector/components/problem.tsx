import type { ApiError } from '../api'

/** An error and its hint. */
export const Problem = ({ error }: { error: ApiError }) => (
  <div class="notice" role="alert">
    <p>
      <strong>{error.message}</strong>
    </p>
    {error.hint && <p>{error.hint}</p>}
  </div>
)
