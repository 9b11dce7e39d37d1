import { BlockList, isIPv6 } from 'node:net'
import { type Config, isDefaultKey } from '../config'
import type { Deliveries } from '../deliveries/deliveries'
import type { ControlAccess } from '../deps'
import { randomIds } from '../ids'
import { settings } from '../settings'
import type { Accounts } from '../store/account-settings'
import { defaultSecret, type Webhooks } from '../store/webhooks'
import { holdsSecret } from './webhook-secrets'

interface AccessDeps {
  config: Config
  webhooks: Pick<Webhooks, 'export'>
  deliveries: Pick<Deliveries, 'list'>
  accounts: Pick<Accounts, 'export'>
  /** The token shared by all sandboxes on this store: `made`, unless one was made before. */
  agreeOnToken: (made: string) => Promise<string>
}

/** By the configuration alone, for a sandbox that no other machine reaches. */
export const localAccess = ({ controlToken }: Pick<Config, 'controlToken'>): ControlAccess => ({
  token: controlToken === 'none' ? null : controlToken,
  madeFor: [],
  isOpen: false,
})

/**
 * Who may call the control API of a sandbox that listens at `address`. If other machines reach it and there are secrets
 * to protect, it needs a token: the configured one, or one generated now and shared by all sandboxes on the same store.
 */
export async function controlAccess(deps: AccessDeps, address: string): Promise<ControlAccess> {
  const access = localAccess(deps.config)
  if (access.token !== null || isLoopback(address)) return access
  const madeFor = deps.config.controlToken === 'none' ? [] : await settingsWithSecrets(deps)
  if (madeFor.length === 0) return { ...access, isOpen: true }
  // Not from the seed, which others may know.
  return { token: await deps.agreeOnToken(randomIds.token()), madeFor, isOpen: false }
}

/** The variables that hold real secrets: custom API keys, and secrets of webhooks, of the packages endpoint or Redis. */
async function settingsWithSecrets(deps: AccessDeps): Promise<string[]> {
  const { apiKeys, webhooks, packagesEndpoint, store, load, state } = deps.config
  const isSecret = {
    apiKeys: !apiKeys.every(isDefaultKey),
    packagesUrl: packagesEndpoint !== null && isWorthKeeping(packagesEndpoint),
    packagesAuth: packagesEndpoint !== null && packagesEndpoint.auth !== null,
    webhooks: webhooks.some(isWorthKeeping),
    store: store !== null && new URL(store).password !== '',
    load: load !== null && (await hasLoadedSecrets(deps)),
    state: state !== null && (await hasLoadedSecrets(deps)),
  }
  return Object.entries(isSecret)
    .filter(([, is]) => is)
    .map(([name]) => settings[name as keyof typeof isSecret].env)
}

const isWorthKeeping = ({ url, secret }: { url: string; secret: string }) =>
  secret !== defaultSecret || holdsSecret(url)

async function hasLoadedSecrets({ webhooks, deliveries, accounts, config }: AccessDeps): Promise<boolean> {
  const isConfigured = ({ url, secret }: { url: string; secret: string }) =>
    config.webhooks.some((one) => one.url === url && one.secret === secret)
  if ((await webhooks.export(null)).some((each) => isWorthKeeping(each) && !isConfigured(each))) return true
  for (const { packages } of await accounts.export(null))
    if (packages !== null && (packages.auth !== null || isWorthKeeping(packages))) return true
  for await (const { receiver } of deliveries.list(null)) {
    const { secret, url } = receiver
    if (secret !== null && isWorthKeeping({ url, secret }) && !isConfigured({ url, secret })) return true
  }
  return false
}

/** Whether only this machine reaches `address`, an IP address. */
export function isLoopback(address: string): boolean {
  // The usual case, in which what follows would take milliseconds of the start.
  if (/^127(?:\.\d+){3}$/.test(address)) return true
  const loopback = new BlockList()
  loopback.addSubnet('127.0.0.0', 8)
  loopback.addAddress('::1', 'ipv6')
  const [withoutZone = ''] = address.split('%')
  return loopback.check(withoutZone, isIPv6(withoutZone) ? 'ipv6' : 'ipv4')
}
