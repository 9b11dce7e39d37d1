import { inspect } from 'node:util'
import pretty from 'pino-pretty'
import { printable } from '../errors'
import { ascii } from '../warnings'

/** A stream that turns log lines into readable ones on the terminal `out`. */
export const terminalLines = (out: NodeJS.WriteStream) =>
  pretty({
    destination: out,
    colorize: true,
    sync: true,
    ignore: 'pid,hostname,method,path,status,ms,request,account,order,error,hint,warnings',
    translateTime: 'SYS:HH:MM:ss',
    messageFormat: (line, key) => {
      if (line[key] === 'request') return describe(line as unknown as RequestLine)
      return line[key] === 'connection' ? `connection failed${why(line)}` : String(line[key])
    },
  })

interface Reasons {
  error?: string | undefined
  hint?: string | undefined
  warnings?: readonly string[] | undefined
}

interface RequestLine extends Reasons {
  method?: string
  path?: string
  status: number
  ms?: number
  account?: string
  order?: string
}

/** Quotes text from a client, which may hold control characters that would steer the terminal. */
function describe({ method, path, status, ms, account, order, error, hint, warnings }: RequestLine): string {
  const parts = [
    method ?? 'unread',
    path && printable(path),
    status,
    ms === undefined ? '' : `${String(ms)} ms`,
    account && `account=${inspect(account)}`,
    order && `order=${inspect(order)}`,
  ]
  return parts.filter(Boolean).join(' ') + why({ error, hint, warnings })
}

const why = ({ error, hint, warnings = [] }: Reasons) =>
  [error && `error: ${error}`, hint && `hint: ${hint}`, ...warnings.map((each) => `warning: ${ascii(each)}`)]
    .filter(Boolean)
    .map((each) => `\n    ${String(each)}`)
    .join('')
