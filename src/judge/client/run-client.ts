import { breathe } from '../../breathe'
import { afterRealTime, passRealTime } from '../../real-time'
import type { Sandbox } from '../../start-sandbox'
import { type Ended, type Running, startCommand } from '../command'
import type { ClientRequest, ClientRun } from './client-run'

/** How to run the client's command. */
export interface ClientCommand {
  sandbox: Sandbox
  command: readonly string[]
  withinMs: number
  signal: AbortSignal
}

/** Milliseconds until the sandbox has noticed that the connections of a process that ended are closed. */
const pause = 50

/**
 * Runs the command once, for an account of its own. Rejects with a TypeError when it can't be started, and with
 * `interrupted` when the signal aborts. Ends all that the command has started.
 */
export async function runClient(client: ClientCommand, account: string): Promise<ClientRun> {
  const { sandbox, command, withinMs } = client
  const earlier = new Set((await requestsOf(sandbox)).map(({ id }) => id))
  const env = {
    STACKONE_SERVER_URL: sandbox.url,
    STACKONE_API_KEY: sandbox.credentials.username,
    STACKONE_ACCOUNT_ID: account,
  }
  const running = startCommand(command, env, `${sandbox.url}-${account}`)
  let ended: Ended | null
  try {
    ended = await endOf(running, client)
  } finally {
    await running.end()
  }
  await passRealTime(pause)
  // The pause may have been over before the loop looked at what arrived.
  await breathe()
  const requests = (await requestsOf(sandbox)).filter(({ id }) => !earlier.has(id))
  const { total: orders } = await sandbox.account(account).orders.list({ limit: 1 })
  return { ended, withinMs, output: running.output(), requests, orders }
}

const endOf = (running: Running, { command, withinMs, signal }: ClientCommand) =>
  new Promise<Ended | null>((resolve, reject) => {
    const callOff = afterRealTime(withinMs, () => {
      resolve(null)
    })
    const interrupt = () => {
      reject(new Error('interrupted'))
    }
    signal.addEventListener('abort', interrupt)
    if (signal.aborted) interrupt()
    running.ended
      .then(resolve, (error: unknown) => {
        reject(new TypeError(whyNotStarted(String(command[0]), error as NodeJS.ErrnoException)))
      })
      .finally(() => {
        callOff()
        signal.removeEventListener('abort', interrupt)
      })
  })

const whyNotStarted = (file: string, { code, message }: NodeJS.ErrnoException) =>
  code === 'ENOENT'
    ? `${file} was not found. Give the command as you would type it: it is run from this folder, without a shell.`
    : `${file} can't be started: ${message}`

/** All requests so far, whatever account they name: a client may have forgotten to. */
async function requestsOf({ requests }: Sandbox): Promise<ClientRequest[]> {
  const found: ClientRequest[] = []
  let next: string | undefined
  do {
    const page = await requests.list({ limit: 1_000, next })
    // The journal has a request once it is answered.
    found.push(...page.requests.map((entry) => ({ ...entry, receivedAt: Date.parse(entry.at) - entry.ms })))
    next = page.next ?? undefined
  } while (next !== undefined)
  return found.sort((a, b) => a.receivedAt - b.receivedAt)
}
