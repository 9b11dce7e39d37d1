import { computed, signal } from '@preact/signals'

export const views = ['orders', 'requests', 'deliveries', 'ats', 'faults', 'sandbox'] as const
export type View = (typeof views)[number]

/** The views as the page calls them. */
export const viewTitles: Readonly<Record<View, string>> = {
  orders: 'Orders',
  requests: 'Requests',
  deliveries: 'Deliveries',
  ats: 'ATS',
  faults: 'Faults',
  sandbox: 'Sandbox',
}

/** The URL fragment, parsed: `#/orders/acme/order-1?q=mia&account=acme`. */
export interface Route {
  readonly view: View
  /** The open item: account and id of an order, or an id; empty if none is open. */
  readonly open: readonly string[]
  readonly query: URLSearchParams
}

function parse(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s)
  const [view, ...open] = path.split('/').map(decoded)
  return { view: views.find((name) => name === view) ?? 'orders', open, query: new URLSearchParams(query) }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

export const route = signal(parse(location.hash))

/** The account to show; empty means all. */
export const account = computed(() => route.value.query.get('account') ?? '')

addEventListener('hashchange', () => {
  route.value = parse(location.hash)
})

/** A link to a view, or to an item in it. Keeps the account, and within a view the whole query. */
export function linkTo(view: View, ...open: readonly string[]): string {
  const { view: current, query } = route.value
  const kept = view === current ? query : new URLSearchParams(account.value && { account: account.value })
  return `#/${[view, ...open].map(encodeURIComponent).join('/')}${kept.size > 0 ? `?${kept.toString()}` : ''}`
}

/** A link to the list of a view with this filter. */
export const listLink = (view: View, query: Readonly<Record<string, string>>): string =>
  `#/${view}?${new URLSearchParams(query).toString()}`

/** Sets a query parameter without adding a history entry. */
export const setQuery = (name: string, value: string): void => {
  changeQuery({ [name]: value })
}

/** Sets several query parameters at once, and removes those that are empty. */
export function changeQuery(changes: Readonly<Record<string, string>>): void {
  const query = new URLSearchParams(route.value.query)
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') query.delete(name)
    else query.set(name, value)
  }
  const path = location.hash.split('?', 1).join() || '#/orders'
  history.replaceState(null, '', path + (query.size > 0 ? `?${query.toString()}` : ''))
  route.value = parse(location.hash)
}

/** What opens the webhooks in place of a delivery, whose id has a number at its end. */
export const webhooksKey = 'webhooks'
