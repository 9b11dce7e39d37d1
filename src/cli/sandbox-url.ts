import type { Command } from 'commander'
import { defaults } from '../defaults'
import { urlOf } from '../http/listening-address'
import { settings } from '../settings'
import { addressFile, readAddress } from './address-file'
import { given, nameIn } from './settings'

/**
 * Where the sandbox is that the health check `command` is about: by its flags, by what a sandbox with the same variables
 * has left, or by the variables. Ends the process with a sentence when that is no address.
 */
export function sandboxUrl(command: Command): string {
  const { url } = command.opts<{ url?: string }>()
  if (url !== undefined) {
    if (!settings.publicUrl.isValid(url)) command.error(`--url must be ${settings.publicUrl.accepts}, not '${url}'.`)
    return url.replace(/\/+$/, '')
  }
  const { port = defaults.port, host = defaults.host, tlsCert } = given(command)
  const isFlag = (name: 'port' | 'host') => command.getOptionValueSource(name) === 'cli'
  const file = isFlag('port') || isFlag('host') ? null : addressFile(process.env)
  const left = file === null ? null : readAddress(file)
  if (left !== null && URL.canParse(left)) return left
  const address = urlOf({ host, port, isSecure: tlsCert !== undefined })
  if (!URL.canParse(address))
    command.error(`${nameIn(command, 'host')} must be an address that can be called: try --url.`)
  return address
}
