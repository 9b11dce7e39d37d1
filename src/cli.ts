#!/usr/bin/env node
import { Command, Option } from 'commander'
import { addressFile, removeAddress, writeAddress } from './cli/address-file'
import { endInOrder } from './cli/ending'
import { configOf, optionOf } from './cli/settings'
import { whyItCannotStart } from './cli/why-not'
import { usableAccount } from './config'
import { afterRealTime } from './real-time'
import { settings } from './settings'
import type { Sandbox } from './start-sandbox'
import { version } from './version'

/** It is printed here and nowhere else. */
const madeToken =
  'made a control token, which /_sandbox and the inspector need, since others reach this sandbox and its set-up holds ' +
  'secrets: set SANDBOX_CONTROL_TOKEN to choose it, or to none to leave them open'

const program = new Command('assessments-sandbox')
  .description("A stand-in for StackOne's assessments API, to build and test clients against.")
  .version(version)
  .helpCommand(false)

const start = program
  .command('start', { isDefault: true })
  .description('serve until stopped; this is what happens without a command')
  .allowExcessArguments()
  .action(serve)

for (const setting of Object.values(settings)) start.addOption(optionOf(setting))
program.addHelpText('after', () => `\n${start.helpInformation()}`)

program
  .command('healthcheck')
  .description('exit with 0 when the sandbox on that host and port answers, else with 1')
  .addOption(optionOf(settings.port))
  .addOption(optionOf(settings.host))
  .addOption(new Option('--url <url>', 'address of the sandbox, in place of port and host'))
  .addOption(new Option('--wait <seconds>', 'wait until it is ready, for that long at most'))
  .allowExcessArguments(false)
  .action(check)

void program.parseAsync(process.argv, { from: 'node' })

async function serve(_options: object, command: Command): Promise<void> {
  const [unknownCommand] = command.args
  if (unknownCommand !== undefined) {
    program.error(`${unknownCommand} is not a command: there are start (the default) and healthcheck.`)
  }
  const config = configOf(command)
  const file = addressFile(process.env)
  let serving: Sandbox | null = null
  // Before what takes time: process 1 of a container gets no signal that it does not listen for.
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
  })

  const { createLogger } = require('./telemetry/logger') as typeof import('./telemetry/logger')
  const { runSandbox } = require('./start-sandbox') as typeof import('./start-sandbox')
  const logger = createLogger(config.logLevel, process.stdout)
  // Whoever read the log has gone (`| head`): that is no reason to stop serving.
  process.stdout.on('error', () => {
    // A terminal that is gone took the person with it, and whatever is written to it fails.
    if (process.stdout.isTTY) process.exit(1)
  })

  const sandbox = await runSandbox(config, logger).catch((error: unknown) =>
    program.error(whyItCannotStart(error as NodeJS.ErrnoException, config)),
  )
  serving = sandbox
  if (file !== null) writeAddress(file, sandbox.url)
  if (process.stdout.isTTY) {
    const { banner } = require('./cli/banner') as typeof import('./cli/banner')
    process.stdout.write(banner(sandbox, usableAccount(config), sandbox.access))
  } else {
    // Whatever the level: who started the sandbox waits for these lines.
    const always = logger.child({}, { level: 'info' })
    const { token, madeFor } = sandbox.access
    if (madeFor.length > 0) always.warn({ token, madeFor }, madeToken)
    always.info({ url: sandbox.url }, 'ready')
  }
  for (const name of unknownVariables()) logger.warn({ name }, 'this variable is not a setting of this version')
}

const unknownVariables = () => {
  const known = new Set(Object.values(settings).map(({ env }) => env))
  return Object.keys(process.env).filter((name) => name.startsWith('SANDBOX_') && !known.has(name))
}

/** Resolves when all lines are written, or after 200 ms: nobody may be reading. */
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

async function check({ wait }: { wait?: string }, command: Command): Promise<void> {
  const { isHealthy, isReadyWithin } = require('./cli/health-check') as typeof import('./cli/health-check')
  const { sandboxUrl } = require('./cli/sandbox-url') as typeof import('./cli/sandbox-url')
  const url = () => sandboxUrl(command)
  if (wait !== undefined && !/^\d{1,5}(\.\d+)?$/.test(wait)) {
    command.error(`--wait must be a number of seconds, not '${wait}'.`)
  }
  const isWell = wait === undefined ? await isHealthy(url()) : await isReadyWithin(Number(wait), url)
  process.exitCode = isWell ? 0 : 1
}
