/** A place of work, and the currency in which people are paid there. */
export interface Place {
  readonly name: string
  readonly currency: 'EUR' | 'GBP' | 'USD'
}

export const cities: readonly Place[] = [
  { name: 'Lisbon', currency: 'EUR' },
  { name: 'Leeds', currency: 'GBP' },
  { name: 'Portland, Oregon', currency: 'USD' },
  { name: 'Málaga', currency: 'EUR' },
  { name: 'Utrecht', currency: 'EUR' },
  { name: 'Edinburgh', currency: 'GBP' },
  { name: 'Köln', currency: 'EUR' },
  { name: 'Pittsburgh', currency: 'USD' },
  { name: 'Galway', currency: 'EUR' },
  { name: 'Tampere', currency: 'EUR' },
]

/** Every ATS has it beside its cities. */
export const remote: Place = { name: 'Remote (Europe)', currency: 'EUR' }
