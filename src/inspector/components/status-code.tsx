/** The status of a response. Errors and warnings have a sign, so that colour is not the only difference. */
export function StatusCode({ status, isWarned = false }: { status: number | null; isWarned?: boolean }) {
  const isRefused = status === null || status >= 400
  return (
    <span class={`badge ${isRefused ? 'bad' : isWarned ? 'busy' : 'good'}`}>
      {isRefused && (
        <>
          <span aria-hidden="true">✕ </span>
          <span class="unseen">error: </span>
        </>
      )}
      {isWarned && !isRefused && (
        <>
          <span aria-hidden="true">⚠ </span>
          <span class="unseen">with warnings: </span>
        </>
      )}
      {status ?? 'no response'}
    </span>
  )
}
