import { inspect } from 'node:util'
import pretty from 'pino-pretty'
import { printable } from './errors'
import type { Sandbox } from './start-sandbox'

/** A stream that turns log lines into readable ones on the terminal `out`. */
export const terminalLines = (out: NodeJS.WriteStream) =>
  pretty({
    destination: out,
    colorize: true,
    sync: true,
    ignore: 'pid,hostname,method,path,status,ms,account,order,error,hint',
    translateTime: 'SYS:HH:MM:ss',
    messageFormat: (line, key) =>
      line[key] === 'request' ? describe(line as unknown as RequestLine) : String(line[key]),
  })

interface RequestLine {
  method: string
  path: string
  status: number
  ms: number
  account?: string
  order?: string
  error?: string
  hint?: string
}

/** What a client made up is quoted: it could hold control characters, and must not steer the terminal. */
function describe(line: RequestLine): string {
  const { method, path, status, ms, account, order, error, hint } = line
  return [
    `${method} ${printable(path)} ${String(status)} ${String(ms)} ms`,
    account === undefined ? '' : ` account=${inspect(account)}`,
    order === undefined ? '' : ` order=${inspect(order)}`,
    error === undefined ? '' : `\n    error: ${printable(error)}`,
    hint === undefined ? '' : `\n    hint: ${hint}`,
  ].join('')
}

/** What a person who has just started the sandbox wants to know: where it is, the key, and a call to paste. */
export const banner = ({ url, credentials: { username, password } }: Sandbox): string => `
  StackOne assessments sandbox

  Address   ${url}
  API key   ${username}${password === '' ? ' (no password)' : ''}

  Order an assessment:

  curl ${url}/unified/ats/assessments/orders \\
    -u ${username}:${password} -H 'x-account-id: acme' -H 'content-type: application/json' \\
    -d '{"candidate":{"first_name":"Mia","last_name":"Lindqvist"},"package":{"name":"TypeScript basics"}}'

`
