/** Where candidates worked before. All are invented. */
export const earlierEmployers: readonly string[] = [
  'Bramblewick Books',
  'Tidewater Looms',
  'Oatfield Logistics',
  'Lanternfold Studio',
  'Marrowmere Foods',
  'Juniper Quay Clinic',
  'Copperbeck Energy',
  'Fernholt Insurance',
  'Saltmarsh Mapping',
  'Wickerby Trams',
  'Hollowoak Games',
  'Quillstone Press',
  'Pebblewright & Daughters',
  'Emberlow Heat Pumps',
  'Thistledown Bakery Group',
  'Gullhaven Ferries',
]
