import type { Command } from 'commander'
import { checkClient } from '../judge/client/check-client'
import { scenarios } from '../judge/client/scenarios'
import { addJudging, duration, refuse } from './judging'

/** Adds `check client` to the command `check`. */
export function addCheckClient(check: Command): void {
  const command = check
    .command('client')
    .description('judge a client that orders: run its command once for each scenario, and check what it did')
    .usage('[options] -- COMMAND…')
    .argument('[command...]', 'command to run, with its arguments')
    .option('--within <time>', 'how long one run may take (default: 60s)', duration)
  // Otherwise the commands above would drop the --, and what follows it would be read as options.
  for (let each: Command | null = check; each !== null; each = each.parent) each.enablePositionalOptions()
  addJudging({
    command,
    heading: 'assessments-sandbox check client',
    checks: scenarios,
    judge: (common) => {
      if (command.args.length === 0)
        refuse(command, 'Give the command to run after --, as in: check client -- npm test')
      return checkClient({ ...common, command: command.args, withinMs: command.opts<{ within?: number }>().within })
    },
  })
}
