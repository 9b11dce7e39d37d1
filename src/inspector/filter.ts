import { changeQuery, route } from './route'

/** The views with a list that can be filtered. */
export type Filtered = 'orders' | 'requests' | 'deliveries'

/** What each list is filtered by beside text, account and time: names in the URL. */
const ownNames: Record<Filtered, readonly string[]> = {
  orders: ['state', 'kind'],
  requests: ['status', 'operation'],
  deliveries: ['status', 'event'],
}

const timeNames = ['time', 'from', 'to']

const isSet = (name: string) => (route.value.query.get(name) ?? '') !== ''

/** How many fields of the filter are set beside the text. */
export const fieldsSet = (view: Filtered): number =>
  ownNames[view].filter(isSet).length + (timeNames.some(isSet) ? 1 : 0)

/** Whether anything is filtered, apart from the account. */
export const isFiltered = (view: Filtered): boolean => isSet('q') || fieldsSet(view) > 0

export function clearFilter(view: Filtered): void {
  changeQuery(Object.fromEntries(['q', ...ownNames[view], ...timeNames].map((name) => [name, ''])))
}

/** The value of a field if it is one of `values`: what it doesn't know is left out. */
export const chosen = <V extends string>(name: string, values: readonly V[]): V | undefined =>
  values.find((each) => each === route.value.query.get(name))

export const searched = (): { search?: string } => {
  const search = route.value.query.get('q') ?? ''
  return search === '' ? {} : { search }
}
