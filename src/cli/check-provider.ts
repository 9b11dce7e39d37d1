import { type Command, InvalidArgumentError } from 'commander'
import { checkProvider, type JudgeAccess, type ProviderToCheck } from '../judge/provider/check-provider'
import { providerChecks } from '../judge/provider/checks'
import { settings } from '../settings'
import { addJudging, duration } from './judging'

/** Milliseconds that a person gets to start the provider. */
const timeToStart = 60_000

type ProviderOptions = Omit<ProviderToCheck, 'withinMs'> & { within: number }

/** Adds `check provider` to the command `check`. */
export function addCheckProvider(check: Command): void {
  const command = check
    .command('provider')
    .description('judge an assessment provider: its packages endpoint, its webhook, and the results that it reports')
    .option('--webhook-url <url>', "the provider's webhook: url, or url#secret")
    .option('--webhook-secret <secret>', 'secret that signs its events (default: sandbox)')
    .option('--packages-url <url>', 'its packages endpoint: url, or url#secret (default: the secret of the webhook)')
    .option('--packages-auth <key>', 'API key for the packages endpoint, sent as HTTP Basic exactly as it is')
    .option(
      '--command <command>',
      'command that starts it, with STACKONE_SERVER_URL, STACKONE_API_KEY and STACKONE_ACCOUNT_ID set',
    )
    .option('--within <time>', 'how long it may take to report a result (default: 30s)', duration)
    .option('--port <number>', "port of the judge's own sandbox (default: a free one)", port)
  addJudging({
    command,
    heading: 'assessments-sandbox check provider',
    checks: providerChecks,
    judge: (common) => {
      const { within: withinMs, ...options } = command.opts<ProviderOptions>()
      const own = options.command === undefined ? { onSandbox: tell, startWithinMs: timeToStart } : {}
      return checkProvider({ ...options, ...common, ...own, withinMs })
    },
  })
}

function port(text: string): number {
  const { fromText, isValid, accepts } = settings.port
  if (!isValid(fromText(text))) throw new InvalidArgumentError(`It must be ${accepts}.`)
  return Number(text)
}

/** Where the provider that somebody else starts has to send its calls. */
function tell({ url, apiKey, accountId }: JudgeAccess): void {
  process.stdout.write(`Start your provider with its client pointed at this sandbox:

  STACKONE_SERVER_URL=${url}
  STACKONE_API_KEY=${apiKey}
  STACKONE_ACCOUNT_ID=${accountId}

`)
}
