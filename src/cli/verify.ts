import { type Command, Option } from 'commander'
import type { Report } from '../judge/check'
import { dryRun, type DryRunOptions } from '../judge/verify/dry-run'
import { plan } from '../judge/verify/plan'
import { probes } from '../judge/verify/probes'
import { verifyServer } from '../judge/verify/verify-server'
import { agreementTo } from './agreement'
import { addJudging, type Common, refuse } from './judging'

interface Flags {
  url?: string
  key?: string
  account?: string
  write?: true
  yes?: true
  dryRun?: true
}

/** Gives the command `verify` its options. */
export function addVerify(command: Command): void {
  command
    .option('--url <url>', 'address of the server; no other is called')
    .addOption(new Option('--key <key>', 'API key').env('STACKONE_API_KEY'))
    .addOption(new Option('--account <id>', 'account to send as x-account-id').env('STACKONE_ACCOUNT_ID'))
    .option('--write', 'also place orders, for an invented candidate at example.com, and report results')
    .option('--yes', "don't ask before writing")
    .option('--dry-run', 'show what would be sent, without sending it')
  addJudging({
    command,
    heading: 'assessments-sandbox verify',
    checks: probes,
    judge: (common) => verify(command, common),
  })
}

async function verify(command: Command, common: Common): Promise<Report | null> {
  const { url, key, account, write: isWriting = false, yes: isAgreed, dryRun: isDryRun } = command.opts<Flags>()
  if (!url) return refuse(command, 'Say which server to verify, as in --url https://api.stackone.com.')
  if (!account) return refuse(command, 'Say which account to verify it with: --account, or STACKONE_ACCOUNT_ID.')
  if (isDryRun) return showRequests({ ...common, url, isWriting })
  if (!key) return refuse(command, 'Give an API key: STACKONE_API_KEY, or --key.')
  if (isWriting) await agree(command, url, isAgreed)
  return verifyServer({ ...common, url, key, account, isWriting })
}

const refusals = {
  no: 'Nothing was sent.',
  nobody: 'Nothing was sent, because there is no terminal to ask on. Add --yes to agree.',
}

/** Says what is written, and goes on only if the user agrees. */
async function agree(command: Command, url: string, isAgreed = false): Promise<void> {
  process.stderr.write(`${plan(url)}\n\n`)
  const agreement = isAgreed ? 'yes' : await agreementTo('Go on?', process.stdin, process.stderr)
  if (agreement !== 'yes') refuse(command, refusals[agreement])
}

async function showRequests(options: DryRunOptions): Promise<null> {
  const planned = await dryRun(options)
  process.stdout.write(
    `Nothing was sent to ${options.url}. It would get these requests, where *** stands for the key, the account, and values
from its answers.\n\n`,
  )
  for (const { purpose, requests } of planned) process.stdout.write(`# ${purpose}\n\n${requests.join('\n\n')}\n\n`)
  return null
}
