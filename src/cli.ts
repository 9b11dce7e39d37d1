#!/usr/bin/env node
import { Command, Option } from 'commander'
import { addressFile, removeAddress, writeAddress } from './cli/address-file'
import { endInOrder } from './cli/ending'
import { configOf, given, optionOf } from './cli/settings'
import { whyItCannotStart } from './cli/why-not'
import { usableAccount } from './config'
import { afterRealTime } from './real-time'
import { settings } from './settings'
import type { Sandbox } from './start-sandbox'
import { version } from './version'

/** Printed once, since nobody could know the token otherwise. */
const madeToken =
  'generated a control token, required by /_sandbox and the inspector: other machines can reach this sandbox, and its ' +
  'settings hold secrets. Set SANDBOX_CONTROL_TOKEN to choose the token, or to none to require no token'

const program = new Command('assessments-sandbox')
  .description("A stand-in for StackOne's assessments API, to build and test clients against.")
  .version(version)
  .helpCommand(false)

const start = program
  .command('start', { isDefault: true })
  .description('start the sandbox and serve until stopped (the default command)')
  .allowExcessArguments()
  .action(serve)

for (const setting of Object.values(settings)) start.addOption(optionOf(setting))
start.addOption(new Option('--open', 'open the inspector in the browser once the sandbox is ready'))
// An option of 0.2.
start.addOption(new Option('--save-on-exit <file>').env('SANDBOX_SAVE_ON_EXIT').hideHelp())
program.addHelpText('after', () => `\n${start.helpInformation()}`)

program
  .command('healthcheck')
  .description('exit with 0 if the sandbox at that host and port answers, and with 1 if not')
  .addOption(optionOf(settings.port))
  .addOption(optionOf(settings.host))
  .addOption(optionOf({ ...settings.tlsCert, about: 'the certificate of a sandbox that serves HTTPS' }))
  .addOption(new Option('--url <url>', 'address of the sandbox, instead of port and host'))
  .addOption(new Option('--wait <seconds>', 'wait until the sandbox is ready, but no longer than this'))
  .allowExcessArguments(false)
  .action(checkHealth)

program
  .command('help')
  .description('show this help, or that of a command')
  .argument('[command...]', 'as in: help check provider')
  .action((words: string[]) => {
    const { showHelp } = require('./cli/help') as typeof import('./cli/help')
    showHelp(program, words)
  })

const check = program.command('check').description('judge a provider or a client by what StackOne asks for')
const verify = program
  .command('verify')
  .description("check a server, such as the real service, against the sandbox's fidelity ledger")
// Loaded lazily: starting a sandbox needs none of it.
const [firstWord, secondWord] = process.argv.slice(2)
if ([check.name(), verify.name()].includes(String(firstWord === 'help' ? secondWord : firstWord))) {
  const { addJudgeCommands } = require('./judge-package') as typeof import('./judge-package')
  addJudgeCommands({ check, verify })
}

void program.parseAsync(process.argv, { from: 'node' })

async function serve(_options: object, command: Command): Promise<void> {
  const [unknownCommand] = command.args
  if (unknownCommand !== undefined) {
    const { noCommand } = require('./cli/help') as typeof import('./cli/help')
    program.error(noCommand(unknownCommand, program))
  }
  if (command.getOptionValue('saveOnExit')) {
    program.error('--save-on-exit has become --state (SANDBOX_STATE), which reads its files: use that, without --load.')
  }
  const config = configOf(command)
  const file = addressFile(process.env)
  const hasFileToWrite = config.state !== null || config.journalReport !== null
  let serving: Sandbox | null = null
  // First, since process 1 of a container receives only the signals it listens for.
  endInOrder(async ({ err, ...facts }) => {
    if (err) logger.fatal(err, 'defect')
    else logger.info(facts, 'stopping')
    try {
      await serving?.close()
    } catch (error) {
      logger.fatal((error as Error).message)
      throw error
    } finally {
      if (serving !== null && file !== null) removeAddress(file, serving.url)
      await written(process.stdout)
    }
  }, hasFileToWrite)

  const { createLogger } = require('./telemetry/logger') as typeof import('./telemetry/logger')
  const { runSandbox } = require('./start-sandbox') as typeof import('./start-sandbox')
  const logger = createLogger(config.logLevel, process.stdout)
  // The reader of the log may exit (`| head`). That is no reason to stop serving.
  process.stdout.on('error', () => {
    // A closed terminal has no reader left, and every write to it fails.
    if (process.stdout.isTTY) process.exit(1)
  })

  const sandbox = await runSandbox(config, logger).catch((error: unknown) =>
    program.error(whyItCannotStart(error as NodeJS.ErrnoException, config)),
  )
  serving = sandbox
  if (file !== null) writeAddress(file, sandbox.url)
  if (process.stdout.isTTY) {
    const { banner } = require('./cli/banner') as typeof import('./cli/banner')
    const { differences } = require('./cli/differences') as typeof import('./cli/differences')
    process.stdout.write(
      banner({
        addresses: sandbox.addresses(),
        credentials: sandbox.credentials,
        account: usableAccount(config),
        access: sandbox.access,
        certificate: config.tls === null ? null : config.tls.cert,
        differences: differences(config, given(command), await sandbox.clock.read()),
      }),
    )
  } else {
    // At any log level: scripts wait for these lines.
    const always = logger.child({}, { level: 'info' })
    const { token, madeFor } = sandbox.access
    if (madeFor.length > 0) always.warn({ token, madeFor }, madeToken)
    always.info({ url: sandbox.url }, 'ready')
  }
  if (command.getOptionValue('open')) {
    const { openInBrowser } = require('./cli/open-in-browser') as typeof import('./cli/open-in-browser')
    openInBrowser(`${sandbox.url}/`, (why) => {
      logger.warn(`could not open ${sandbox.url}/ in a browser (${why}): open it yourself`)
    })
  }
  const { unknownVariables } = require('./cli/unknown-variables') as typeof import('./cli/unknown-variables')
  for (const sentence of unknownVariables(process.env)) logger.warn(sentence)
}

/** Resolves once all lines are written, or after 200 ms, since nobody may be reading. */
const written = (stream: NodeJS.WriteStream) =>
  new Promise<void>((resolve) => {
    const callOff = afterRealTime(200, resolve)
    setImmediate(() => {
      stream.write('', () => {
        callOff()
        resolve()
      })
    })
  })

async function checkHealth({ wait }: { wait?: string }, command: Command): Promise<void> {
  const { isHealthy, isReadyWithin } = require('./cli/health-check') as typeof import('./cli/health-check')
  const { sandboxUrl } = require('./cli/sandbox-url') as typeof import('./cli/sandbox-url')
  const url = () => sandboxUrl(command)
  if (wait !== undefined && !/^\d{1,5}(\.\d+)?$/.test(wait)) {
    command.error(`--wait must be a number of seconds, not '${wait}'.`)
  }
  const isWell = wait === undefined ? await isHealthy(url()) : await isReadyWithin(Number(wait), url)
  process.exitCode = isWell ? 0 : 1
}
