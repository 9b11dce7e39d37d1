import { type Command, Option } from 'commander'
import { type Config, readOptions } from '../config'
import { defaults } from '../defaults'
import type { SandboxOptions } from '../options'
import { refusal, type Setting, type SettingName, settings } from '../settings'

/** The flag of `setting`, which its variable stands in for. */
export function optionOf({ env, flag, letter, argument, isSwitch, about, shown }: Setting): Option {
  // An empty variable, as `PORT= npm start` or a compose file without a value sets it, is an unset one.
  if (process.env[env] === '') Reflect.deleteProperty(process.env, env)
  const flags = letter === undefined ? flag : `${letter}, ${flag}`
  const usage = isSwitch ? `${flags} [${argument}]` : `${flags} <${argument}>`
  return new Option(usage, `${about} (default: ${shown})`).env(env)
}

/** What the user calls the setting `name` of `command`: the flag or the variable, whichever was used, or else both. */
export function nameIn(command: Command, name: SettingName): string {
  const { flag, env } = settings[name]
  switch (command.getOptionValueSource(name)) {
    case 'cli':
      return flag
    case 'env':
      return env
    default:
      return `${flag} or ${env}`
  }
}

/** The settings that `command` was given. Ends the process with a sentence about the first that is wrong. */
export function given(command: Command): SandboxOptions {
  const texts = Object.entries(command.opts<Record<string, string | true>>())
  return Object.fromEntries(
    texts
      .filter(([name]) => Object.hasOwn(settings, name))
      .map(([name, text]) => {
        const setting = settings[name as SettingName]
        const value = setting.fromText(String(text))
        if (!setting.isValid(value)) command.error(refusal(nameIn(command, name as SettingName), setting, text))
        return [name, value]
      }),
  )
}

/** What `command` was given, checked as a whole, with the defaults for what it was not given. */
export function configOf(command: Command): Config {
  try {
    return readOptions({ ...defaults, ...given(command) }, (name) => nameIn(command, name))
  } catch (error) {
    return command.error((error as TypeError).message)
  }
}
