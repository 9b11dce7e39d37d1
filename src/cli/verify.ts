import { type Command, Option } from 'commander'
import type { Report } from '../judge/check'
import { addJudging, type Common, refuse } from './judge'

interface Flags {
  url?: string
  key?: string
  account?: string
  write?: true
  yes?: true
  dryRun?: true
}

/** Adds the command `verify`. */
export function addVerify(program: Command): void {
  const command = program
    .command('verify')
    .description("hold the sandbox's fidelity ledger against a server, such as the real service")
    .option('--url <url>', 'address of the server; no other is called')
    .addOption(new Option('--key <key>', 'API key').env('STACKONE_API_KEY'))
    .addOption(new Option('--account <id>', 'account that the calls are for').env('STACKONE_ACCOUNT_ID'))
    .option('--write', 'also place orders, for an invented candidate at example.com, and report results')
    .option('--yes', "don't ask before writing")
    .option('--dry-run', 'show what would be sent, with --write too, and send nothing')
  addJudging({
    command,
    heading: 'Verification of a server',
    checks: () => (require('../judge/verify/probes') as typeof import('../judge/verify/probes')).probes,
    judge: (common) => verify(command, common),
  })
}

async function verify(command: Command, common: Common): Promise<Report | null> {
  const { url, key, account, write: isWriting, yes: isAgreed, dryRun: isDryRun } = command.opts<Flags>()
  if (!url) return refuse(command, 'Say which server to verify, as in --url https://api.stackone.com.')
  if (!account) return refuse(command, 'Say which account to verify it with: --account, or STACKONE_ACCOUNT_ID.')
  if (isDryRun) return showRequests(url, common)
  if (!key) return refuse(command, 'Give an API key: STACKONE_API_KEY, or --key.')
  if (isWriting) await agree(command, url, isAgreed)
  const { verifyServer } = require('../judge/verify/verify-server') as typeof import('../judge/verify/verify-server')
  return verifyServer({ ...common, url, key, account, isWriting })
}

const refusals = {
  no: 'Nothing was sent.',
  nobody: 'Nothing was sent, as nobody can be asked here: add --yes to agree.',
}

/** Says what is written, and goes on only if the user agrees. */
async function agree(command: Command, url: string, isAgreed = false): Promise<void> {
  const { plan } = require('../judge/verify/plan') as typeof import('../judge/verify/plan')
  const { agreementTo } = require('./agreement') as typeof import('./agreement')
  process.stderr.write(`${plan(url)}\n\n`)
  const agreement = isAgreed ? 'yes' : await agreementTo('Go on?', process.stdin, process.stderr)
  if (agreement !== 'yes') refuse(command, refusals[agreement])
}

async function showRequests(url: string, common: Common): Promise<null> {
  const { dryRun } = require('../judge/verify/dry-run') as typeof import('../judge/verify/dry-run')
  const planned = await dryRun({ ...common, url })
  process.stdout.write(
    `Nothing was sent to ${url}. With --write, it would get these requests; without, those of the probes that only
read. *** stands for the key, the account, and values from the server's answers.\n\n`,
  )
  for (const { purpose, requests } of planned) process.stdout.write(`# ${purpose}\n\n${requests.join('\n\n')}\n\n`)
  return null
}
