import { cultures } from './data/cultures'
import type { Draw } from './draw'
import { itemAt } from './item-at'

export interface Person {
  readonly firstName: string
  readonly lastName: string
  readonly country: string
  /** The name in the ASCII letters of an address: `zoe.ashdown`. */
  readonly slug: string
  readonly email: string
  readonly phone: string
}

/** `count` people, at most eight for each culture. No two share an e-mail address or a phone number. */
export function inventPeople(draw: Draw, count: number): Person[] {
  const named = cultures.map(({ country, firstNames, lastNames }) => ({
    country,
    firstNames: draw.shuffle(`${country}: first names`, firstNames),
    lastNames: draw.shuffle(`${country}: last names`, lastNames),
  }))
  const rounds = Array.from({ length: Math.ceil(count / named.length) }, (_, round) =>
    draw.shuffle(`round ${String(round)}`, named).map((culture) => ({
      country: culture.country,
      firstName: itemAt(culture.firstNames, round),
      lastName: itemAt(culture.lastNames, round),
    })),
  )
  const phoneOf = phones(draw)
  return rounds
    .flat()
    .slice(0, count)
    .map((person, i) => {
      const slug = `${asciiLetters(person.firstName)}.${asciiLetters(person.lastName)}`
      return { ...person, slug, email: `${slug}@example.com`, phone: phoneOf(i) }
    })
}

/** `Łukasz` becomes `lukasz`. Three letters of the names are not an ASCII letter with an accent. */
const asciiLetters = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll('đ', 'd')
    .replaceAll('ı', 'i')
    .normalize('NFD')
    .replace(/[^a-z]/g, '')

/** Phone numbers from the ranges that the United States and the United Kingdom reserve for fiction. */
function phones(draw: Draw): (i: number) => string {
  const first = Math.floor(draw.fraction('phones') * 1000)
  return (i) =>
    i % 2 === 0
      ? `+1-202-555-01${String((first + i) % 100).padStart(2, '0')}`
      : `+44 20 7946 0${String((first + 17 * i) % 1000).padStart(3, '0')}`
}
