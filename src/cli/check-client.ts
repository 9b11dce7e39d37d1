import { type Command, Option } from 'commander'
import { addJudging, duration, refuse } from './judge'

/** Adds `client` to the command `check`. */
export function addCheckClient(parent: Command): void {
  const command = parent
    .command('client')
    .description('judge a client that orders: run its command once for each scenario, and look at what it did')
    .usage('[options] -- COMMAND…')
    .argument('[command...]', 'what to run, with its arguments')
    .addOption(new Option('--within <time>', 'how long one run may take').default(60_000, '60s').argParser(duration))
  // Otherwise the commands above would drop the --, and what follows it would be read as options.
  for (let each: Command | null = parent; each !== null; each = each.parent) each.enablePositionalOptions()
  addJudging({
    command,
    heading: 'Check of a client',
    checks: () => (require('../judge/client/scenarios') as typeof import('../judge/client/scenarios')).scenarios,
    judge: (common) => {
      if (command.args.length === 0)
        refuse(command, 'Give the command to run after --, as in: check client -- npm test')
      const { checkClient } = require('../judge/client/check-client') as typeof import('../judge/client/check-client')
      return checkClient({ ...common, command: command.args, withinMs: command.opts<{ within: number }>().within })
    },
  })
}
