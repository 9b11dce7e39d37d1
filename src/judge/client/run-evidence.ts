import type { Evidence } from '../check'
import { type ClientRequest, type ClientRun, howItEnded } from './client-run'

const mostRequests = 20
/** Characters of a body, or of a line of output. */
const mostOfText = 200
/** An error begins with its message, and may go on for long. */
const firstLines = 8
const lastLines = 8

/** The requests of a run, and what the command came to. No single request repeats a run. */
export const evidenceOfRun = (run: ClientRun): Evidence => ({
  sent: run.requests.length === 0 ? 'no request' : requestLines(run.requests),
  received: `${howItEnded(run)}\n\n${shortened(run.output.trim())}`.trim(),
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

const cut = (text: string) => (text.length > mostOfText ? `${text.slice(0, mostOfText)}…` : text)

function shortened(output: string): string {
  const lines = output.split('\n').map(cut)
  const isShort = lines.length <= firstLines + lastLines
  return (isShort ? lines : [...lines.slice(0, firstLines), '…', ...lines.slice(-lastLines)]).join('\n')
}
