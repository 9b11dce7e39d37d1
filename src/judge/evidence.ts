import type { IncomingHttpHeaders } from 'node:http'
import { mask } from '../http/secret-names'
import { quoted } from '../pure/shell'
import type { Evidence } from './check'

/** A request that was sent. */
export interface Sent {
  method: string
  url: string
  headers: Readonly<Record<string, string>>
  body: string | null
}

/** What came back, or why nothing did. */
export type Received = { status: number; headers: IncomingHttpHeaders; body: string } | { error: string }

/** What must not be shown, with the name of the shell variable that stands for it in a command. */
export interface Secret {
  text: string
  variable: string
}

/** Characters of a body that a report shows. */
const mostShown = 1_500
/** Headers that curl sets itself, or that say nothing. */
const leftOut = /^(host|connection|content-length|user-agent|keep-alive|transfer-encoding|date)$/i

/** A request and its answer as a report shows them, without `secrets`. */
export function evidenceOf(sent: Sent, received: Received, secrets: readonly Secret[] = []): Evidence {
  const masked = (text: string) => secrets.reduce((before, { text: secret }) => before.replaceAll(secret, mask), text)
  return {
    sent: masked(messageOf(`${sent.method} ${sent.url}`, sent.headers, sent.body ?? '')),
    received: masked(
      'error' in received ? received.error : messageOf(String(received.status), received.headers, received.body),
    ),
    curl: curlOf(sent, secrets),
  }
}

function messageOf(first: string, headers: Readonly<Record<string, unknown>>, body: string): string {
  const shown = Object.entries(headers).filter(([name]) => !leftOut.test(name))
  const lines = [first, ...shown.map(([name, value]) => `${name}: ${String(value)}`)].join('\n')
  return body === '' ? lines : `${lines}\n\n${cut(body)}`
}

const cut = (body: string) =>
  body.length <= mostShown ? body : `${body.slice(0, mostShown)}… (${String(body.length)} characters)`

/** A command that sends `sent` again. Secrets are read from the shell's variables. */
export function curlOf({ method, url, headers, body }: Sent, secrets: readonly Secret[] = []): string {
  const shown = Object.entries(headers).filter(([name]) => !leftOut.test(name))
  const isImplied = method === (body === null ? 'GET' : 'POST')
  const parts = [
    `curl${/[[\]{}]/.test(url) ? ' -g' : ''} -i${isImplied ? '' : ` -X ${method}`} ${withVariables(url, secrets)}`,
    ...shown.map(([name, value]) => `-H ${withVariables(`${name}: ${value}`, secrets)}`),
    ...(body === null ? [] : [isLong(body) ? '--data-binary @-' : `--data-raw ${quoted(body)}`]),
  ]
  const command = parts.join(' \\\n  ')
  return body !== null && isLong(body) ? `${printed(body)} |\n  ${command}` : command
}

/** One argument of a shell in which variables stand for secrets. */
function withVariables(text: string, [secret, ...others]: readonly Secret[]): string {
  if (text === '') return ''
  if (secret === undefined) return quoted(text)
  return text
    .split(secret.text)
    .map((piece) => withVariables(piece, others))
    .join(`"$${secret.variable}"`)
}

/** A character again and again, as in an event that is large on purpose. */
const run = /([\w ])\1{999,}/g

const isLong = (body: string) => body.search(run) >= 0

/** Commands that print `body`, without its long runs of one character. */
function printed(body: string): string {
  const pieces: string[] = []
  let from = 0
  for (const {
    0: { length },
    1: character = '',
    index,
  } of body.matchAll(run)) {
    pieces.push(`printf %s ${quoted(body.slice(from, index))}`)
    pieces.push(`head -c ${String(length)} /dev/zero | tr '\\0' ${quoted(character)}`)
    from = index + length
  }
  return `{ ${[...pieces, `printf %s ${quoted(body.slice(from))}`].join('; ')}; }`
}
