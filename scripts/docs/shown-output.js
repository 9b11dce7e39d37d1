'use strict'

// Compares what a document shows of an output with the output itself.

/** What differs from run to run, and its name in both texts. @type {readonly [RegExp, string][]} */
const varying = [
  [/\b[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\b/g, '<uuid>'],
  [/(?<=\/tests\/)[\w-]{22}\b/g, '<token>'],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>'],
  [/\b\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\b/g, '<time>'],
]

/** @param {string} text */
const withoutVarying = (text) => varying.reduce((changed, [pattern, name]) => changed.replace(pattern, name), text)

const ellipsis = '…'

/**
 * Each part of `shown` that is not in the output, a sentence each. Identifiers and times are compared by their form
 * alone, and … stands for something left out.
 *
 * @param {string} shown
 * @param {string} language
 * @param {string} output
 * @returns {string[]}
 */
exports.notInOutput = function (shown, language, output) {
  if (language === 'json') return notInJson(shown, output)
  const lines = withoutVarying(output).split('\n')
  return withoutVarying(shown)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .filter((line) => !lines.some((real) => patternOf(line.trim()).test(real)))
    .map((line) => `${line} is not in the output:\n${output}`)
}

/** @param {string} line */
const patternOf = (line) =>
  new RegExp(
    line
      .split(ellipsis)
      .map((part) => part.trim().replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('.*'),
  )

/** @param {string} shown @param {string} output */
function notInJson(shown, output) {
  // Properties or items that are left out, with the comma on one side of them.
  const whole = shown.replace(/,\s*…(?=\s*[,}\]])|(?<=[{[]\s*)…\s*,?/g, '')
  const real = jsonIn(output)
  if (real === undefined) return [`There is no JSON in the output:\n${output}`]
  return differences(
    JSON.parse(withoutVarying(whole)),
    JSON.parse(withoutVarying(JSON.stringify(real))),
    whole !== shown,
  )
}

/** The JSON of an output: all of it, what follows its headers, or its last line. @param {string} output @returns {unknown} */
function jsonIn(output) {
  const text = output.trim()
  for (const candidate of [text, text.split('\r\n\r\n').at(-1), text.split('\n').at(-1)]) {
    try {
      return JSON.parse(candidate ?? '')
    } catch {
      // The next one may be.
    }
  }
  return undefined
}

/** @param {unknown} shown @param {unknown} real @param {boolean} isPartial @returns {string[]} */
function differences(shown, real, isPartial, path = '') {
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
  const of = /** @type {Record<string, unknown>} */ (real)
  /** @param {string} key */
  const below = (key) => `${path}.${key}`.replace(/^\./, '')
  const missing = Object.keys(real).filter((key) => !(key in shown) && !isPartial)
  return [
    ...(Array.isArray(shown) === Array.isArray(real) ? [] : [`${path} is a list in one of the two`]),
    ...missing.map((key) => `${below(key)} is not shown, and no … stands for it`),
    ...Object.entries(shown).flatMap(([key, value]) =>
      key in real ? differences(value, of[key], isPartial, below(key)) : [`${below(key)} is not in the output`],
    ),
  ]
}
