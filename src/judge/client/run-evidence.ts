import type { Evidence } from '../check'
import { type ClientRequest, type ClientRun, howItEnded } from './client-run'

const mostRequests = 20
const mostOfBody = 200
const mostLines = 15

/** The requests of a run, and what the command came to. No single request repeats a run. */
export const evidenceOfRun = (run: ClientRun): Evidence => ({
  sent: run.requests.length === 0 ? 'no request' : requestLines(run.requests),
  received: `${howItEnded(run)}\n\n${run.output.trim().split('\n').slice(-mostLines).join('\n')}`.trim(),
  curl: null,
})

function requestLines(requests: readonly ClientRequest[]): string {
  const first = Math.min(...requests.map(({ receivedAt }) => receivedAt))
  const lines = requests.slice(0, mostRequests).map(({ method, path, status, request, receivedAt }) => {
    const answer = status === null ? 'no whole answer' : String(status)
    const body = request.body === null ? '' : `  ${cut(request.body)}`
    return `${String(Math.round(receivedAt - first)).padStart(5)} ms  ${method} ${path}  ${answer}${body}`
  })
  const more = requests.length - lines.length
  return [...lines, ...(more > 0 ? [`… and ${String(more)} more`] : [])].join('\n')
}

const cut = (body: string) => (body.length > mostOfBody ? `${body.slice(0, mostOfBody)}…` : body)
