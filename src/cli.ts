#!/usr/bin/env node
import closeWithGrace from 'close-with-grace'
import { Command, Option } from 'commander'
import { afterRealTime } from './clock'
import { type Config, readOptions, usableAccount } from './config'
import type { SandboxOptions } from './options'
import { refusal, type Setting, settings } from './settings'
import { version } from './version'

/** Milliseconds from the first signal until the process ends, come what may. */
const patience = 1_900

/** Signals that ask for no end in good order: after a crash there is none, and listening would make it loop. */
const leftToSystem = ['SIGQUIT', 'SIGILL', 'SIGTRAP', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGSEGV', 'SIGUSR2'] as const

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

for (const setting of Object.values(settings)) start.addOption(toOption(setting))
program.addHelpText('after', () => `\n${start.helpInformation()}`)

program
  .command('healthcheck')
  .description('exit with 0 when the sandbox on that host and port answers, else with 1')
  .addOption(toOption(settings.port))
  .addOption(toOption(settings.host))
  .allowExcessArguments(false)
  .action(check)

void program.parseAsync(process.argv, { from: 'node' })

function toOption(setting: Setting): Option {
  // An empty variable, as `PORT= npm start` or a compose file without a value sets it, is an unset one.
  if (process.env[setting.env] === '') Reflect.deleteProperty(process.env, setting.env)
  const { flag, argument } = setting
  const usage = setting.isSwitch ? `${flag} [${argument}]` : `${flag} <${argument}>`
  return new Option(usage, `${setting.about} (default: ${setting.shown})`).env(setting.env).argParser((text) => {
    const value = setting.fromText(text)
    if (setting.isValid(value)) return value
    return program.error(refusal(`${setting.flag} (${setting.env})`, setting, text))
  })
}

async function serve(options: SandboxOptions, { args: [unknownCommand] }: Command): Promise<void> {
  if (unknownCommand !== undefined) {
    program.error(`${unknownCommand} is not a command: there are start (the default) and healthcheck.`)
  }
  const config = configFrom({ port: 4600, logLevel: 'info', ...options })
  // Before what takes time: process 1 of a container gets no signal that it does not listen for.
  closeWithGrace({ delay: patience, logger: false, skip: [...leftToSystem] }, async ({ err, signal }) => {
    if (err) logger.fatal(err, 'defect')
    else logger.info({ signal }, 'stopping')
    await (await starting).close()
    await written(process.stdout)
  })

  const { createLogger } = require('./logger') as typeof import('./logger')
  const { runSandbox } = require('./start-sandbox') as typeof import('./start-sandbox')
  const logger = createLogger(config.logLevel, process.stdout)
  // Whoever read the log has gone (`| head`): that is no reason to stop serving.
  process.stdout.on('error', () => {
    // A terminal that is gone took the person with it, and whatever is written to it fails.
    if (process.stdout.isTTY) process.exit(1)
  })

  const starting = runSandbox(config, logger)
  const sandbox = await starting.catch((error: unknown) =>
    program.error(whyItCannotStart(error as NodeJS.ErrnoException, config)),
  )
  if (process.stdout.isTTY) {
    const { banner } = require('./banner') as typeof import('./banner')
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

/** What no single option can tell: two that do not go together. */
function configFrom(options: SandboxOptions): Config {
  try {
    return readOptions(options)
  } catch (error) {
    return program.error((error as TypeError).message)
  }
}

function whyItCannotStart(
  { code, message }: NodeJS.ErrnoException,
  { host, port }: { host: string; port: number },
): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${String(port)} is taken: choose another with --port or PORT (0 takes a free one).`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${host} is not an address of this machine: choose another with --host or HOST (0.0.0.0 listens on all).`
    default:
      return message
  }
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

async function check({ port = 4600, host = '127.0.0.1' }: SandboxOptions): Promise<void> {
  const { isHealthy } = require('./health-check') as typeof import('./health-check')
  process.exitCode = (await isHealthy(host, port)) ? 0 : 1
}
