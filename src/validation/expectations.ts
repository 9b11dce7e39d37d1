import type { Expected } from '../../schemas/builders'

/** Something that is not as expected: which property of the value, or the value itself, and what of it. */
export interface Unexpected {
  /** Empty for the value itself. */
  property: string
  /** Goes on after the path: `is empty`. */
  problem: string
}

const itself = (isFine: boolean, problem: string) => (isFine ? null : { property: '', problem })

/** What `value`, which is neither null nor undefined, lacks of what its schema expects; null when all is well. */
export const expectations = {
  id: (text: string) => itself(text.length > 0 && text.trim() !== '', 'is empty: leave it out, or send an identifier'),
  'http-address': (text: string) => itself(isHttpAddress(text), 'is not an absolute http:// or https:// address'),
  'e-mail-address': (text: string) => itself(/^[^\s@]+@[^\s@]+$/.test(text), 'is not an e-mail address'),
  score: unexpectedInScore,
} satisfies Record<Expected, (value: never) => Unexpected | null>

/** The usual form, which costs a fraction of parsing it. */
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

/** The first of its numbers, which are strings, that is none or out of range (docs/contract.md: Results). */
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
