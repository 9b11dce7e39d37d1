/** The status of an answer; a refusal and a warning are told by a sign too, not by the colour alone. */
export function StatusCode({ status, isWarned = false }: { status: number | null; isWarned?: boolean }) {
  const isRefused = status === null || status >= 400
  return (
    <span class={`badge ${isRefused ? 'bad' : isWarned ? 'busy' : 'good'}`}>
      {isRefused && (
        <>
          <span aria-hidden="true">✕ </span>
          <span class="unseen">refused: </span>
        </>
      )}
      {isWarned && !isRefused && (
        <>
          <span aria-hidden="true">⚠ </span>
          <span class="unseen">accepted with warnings: </span>
        </>
      )}
      {status ?? 'no answer'}
    </span>
  )
}
