import type { Expected } from '../../schemas/builders'

/** Something unexpected about a value or one of its properties. */
export interface Unexpected {
  /** The property; empty for the value itself. */
  property: string
  /** Follows the path in a sentence: `is empty`. */
  problem: string
}

const itself = (isFine: boolean, problem: string) => (isFine ? null : { property: '', problem })

/** What is unexpected about `value`, which is neither null nor undefined; null if nothing is. */
export const expectations = {
  id: (text: string) => itself(text.length > 0 && text.trim() !== '', 'is empty: leave it out, or send an identifier'),
  'http-address': (text: string) => itself(isHttpAddress(text), 'is not an absolute http:// or https:// address'),
  'e-mail-address': (text: string) => itself(/^[^\s@]+@[^\s@]+$/.test(text), 'is not an e-mail address'),
  score: unexpectedInScore,
} satisfies Record<Expected, (value: never) => Unexpected | null>

/** The usual form of an address. Matching it takes a fraction of the time of parsing. */
const plain = /^https?:\/\/[a-z\d](?:[a-z\d-]*\.)*[a-z]+(?::\d{1,4})?(?:[/?#]\S*)?$/

function isHttpAddress(text: string): boolean {
  if (plain.test(text)) return true
  return /^https?:\/\/[^\s/]\S*$/i.test(text) && URL.canParse(text)
}

interface Score {
  value?: string | null
  min?: string | null
  max?: string | null
}

const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/

/** The first of its numbers, written as strings, that is not a number or out of range (docs/contract.md: Results). */
function unexpectedInScore(score: Score): Unexpected | null {
  for (const property of ['value', 'min', 'max'] as const) {
    const text = score[property]
    if (text != null && !decimal.test(text.trim())) return { property, problem: 'is not a number' }
  }
  const [value, min, max] = [score.value, score.min, score.max].map((text) => (text == null ? NaN : Number(text)))
  if (Number(min) > Number(max)) return { property: 'min', problem: 'is above max' }
  if (Number(value) < Number(min)) return { property: 'value', problem: 'is below min' }
  if (Number(value) > Number(max)) return { property: 'value', problem: 'is above max' }
  return null
}
