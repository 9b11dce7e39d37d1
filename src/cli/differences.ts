import type { ClockReading } from '../../schemas/control/clock'
import type { ConfiguredAccount } from '../accounts/accounts'
import type { Config } from '../config'
import { withoutWebhookSecrets } from '../control/webhook-secrets'
import { defaults } from '../defaults'
import type { SandboxOptions } from '../options'
import { type SettingName, settings } from '../settings'

/** Settings that are shown as they were given. */
const asGiven = [
  ...(['publicUrl', 'maxOrders', 'maxOrderBytes', 'callbackTargets', 'callbackMethod'] as const),
  ...(['repeatedOrders', 'rateLimit', 'journalSize', 'expireAfter', 'metrics'] as const),
] satisfies SettingName[]

/** How many items of a list are shown. */
const most = 5

/** What of a sandbox differs from the defaults, without any secret: each with a label of at most nine characters. */
export function differences(
  config: Config,
  given: SandboxOptions,
  clock: ClockReading,
): readonly [label: string, lines: readonly string[]][] {
  const { accounts, packages, packagesEndpoint, webhooks } = config
  const all: [string, readonly string[]][] = [
    ['Clock', clock.isFrozen ? [`frozen at ${clock.now}`] : []],
    ['Seed', config.seed === null ? [] : [`${config.seed} (ids and tokens are repeatable)`]],
    ['Store', config.store === null ? [] : [`${withoutPassword(config.store)} (prefix ${config.storePrefix})`]],
    ['State', fileOf(config.state)],
    ['Snapshot', fileOf(config.load)],
    ['Accounts', accounts === null ? [] : [shortened([...accounts].map(accountOf)).join(', ')]],
    ['Packages', fileOf(packages)],
    ['Packages', packagesEndpoint === null ? [] : [`asked at ${withoutWebhookSecrets(packagesEndpoint.url)}`]],
    ['ATS', fileOf(config.ats)],
    ['Webhooks', shortened(webhooks.map(({ url }) => withoutWebhookSecrets(url)))],
    ['Strict', config.strict ? ['on (likely mistakes get 400)'] : []],
    ['Also', asGiven.flatMap((name) => shownOf(name, given))],
  ]
  return all.filter(([, lines]) => lines.length > 0)
}

/** The file that a setting names. */
const fileOf = (value: unknown): string[] => (typeof value === 'string' ? [value] : [])

function withoutPassword(store: string): string {
  const { protocol, host } = new URL(store)
  return `${protocol}//${host}`
}

const accountOf = ([id, { state, provider }]: [string, ConfiguredAccount]) =>
  `${id}${provider === null ? '' : `:${provider}`}${state === 'disabled' ? ' (disabled)' : ''}`

const shortened = (items: readonly string[]): readonly string[] =>
  items.length <= most ? items : [...items.slice(0, most), `and ${String(items.length - most)} more`]

function shownOf(name: (typeof asGiven)[number], given: SandboxOptions): string[] {
  const usual: SandboxOptions = defaults
  const value = given[name]
  return value === undefined || String(value) === String(usual[name]) ? [] : [`${settings[name].flag} ${String(value)}`]
}
