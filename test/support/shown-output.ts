/** What differs from run to run, and how both texts are compared without it. */
const varying: readonly [RegExp, string][] = [
  [/\b[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\b/g, '<uuid>'],
  [/(?<=\/tests\/)[\w-]{22}\b/g, '<token>'],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>'],
  [/\b\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\b/g, '<time>'],
]

const withoutVarying = (text: string) =>
  varying.reduce((changed, [pattern, name]) => changed.replace(pattern, name), text)

const ellipsis = '…'

/**
 * What a document shows of an output that is not in it, a sentence each. Identifiers and times are compared by their form
 * alone, and … stands for something left out.
 */
export function notInOutput(shown: string, language: string, output: string): string[] {
  if (language === 'json') return notInJson(shown, output)
  const lines = withoutVarying(output).split('\n')
  return withoutVarying(shown)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .filter((line) => !lines.some((real) => patternOf(line.trim()).test(real)))
    .map((line) => `${line} is not in the output:\n${output}`)
}

const patternOf = (line: string) =>
  new RegExp(
    line
      .split(ellipsis)
      .map((part) => part.trim().replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('.*'),
  )

function notInJson(shown: string, output: string): string[] {
  // Properties or items that are left out, with the comma on one side of them.
  const whole = shown.replace(/,\s*…(?=\s*[,}\]])|(?<=[{[]\s*)…\s*,?/g, '')
  const real = jsonIn(output)
  if (real === undefined) return [`There is no JSON in the output:\n${output}`]
  return differences(
    JSON.parse(withoutVarying(whole)) as unknown,
    JSON.parse(withoutVarying(JSON.stringify(real))) as unknown,
    whole !== shown,
  )
}

/** The JSON of an output: all of it, what follows its headers, or its last line. */
function jsonIn(output: string): unknown {
  const text = output.trim()
  for (const candidate of [text, text.split('\r\n\r\n').at(-1), text.split('\n').at(-1)]) {
    try {
      return JSON.parse(candidate ?? '') as unknown
    } catch {
      // The next one may be.
    }
  }
  return undefined
}

function differences(shown: unknown, real: unknown, isPartial: boolean, path = ''): string[] {
  if (typeof shown !== 'object' || typeof real !== 'object' || shown === null || real === null) {
    // A duration differs each time.
    const isDuration = /(^|\.)(ms|\w+Ms)$/.test(path)
    const isPattern = typeof shown === 'string' && shown.includes(ellipsis)
    const isSame = isDuration
      ? typeof shown === typeof real
      : isPattern
        ? patternOf(shown).test(String(real))
        : shown === real
    return isSame ? [] : [`${path} is ${JSON.stringify(real)}, not ${JSON.stringify(shown)}`]
  }
  const of = real as Record<string, unknown>
  const below = (key: string) => `${path}.${key}`.replace(/^\./, '')
  const missing = Object.keys(real).filter((key) => !(key in shown) && !isPartial)
  return [
    ...(Array.isArray(shown) === Array.isArray(real) ? [] : [`${path} is a list in one of the two`]),
    ...missing.map((key) => `${below(key)} is not shown, and no … stands for it`),
    ...Object.entries(shown).flatMap(([key, value]) =>
      key in real ? differences(value, of[key], isPartial, below(key)) : [`${below(key)} is not in the output`],
    ),
  ]
}
