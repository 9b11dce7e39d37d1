/** The status of an answer; a refusal is told by a sign too, not by the colour alone. */
export function StatusCode({ status }: { status: number | null }) {
  const isRefused = status === null || status >= 400
  return (
    <span class={`badge ${isRefused ? 'bad' : 'good'}`}>
      {isRefused && (
        <>
          <span aria-hidden="true">✕ </span>
          <span class="unseen">refused: </span>
        </>
      )}
      {status ?? 'no answer'}
    </span>
  )
}
