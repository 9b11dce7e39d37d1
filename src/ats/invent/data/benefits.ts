/** What jobs offer beside their pay. */
export const benefits: readonly string[] = [
  'Thirty days of holiday',
  'A four-day week every second month',
  'A budget for books and courses',
  'A bicycle or a rail card',
  'Lunch together on Wednesdays',
  'Sixteen weeks of leave for all new parents',
  'A quiet room, with a door that closes',
  'Two days a year to help where you like',
]
