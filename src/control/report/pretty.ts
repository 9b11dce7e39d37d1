import { isDeeperThan, parsedJson } from '../../pure/json'

/** Deeper JSON stays as it is: its indentation would take many times its own size. */
const mostIndented = 12

/**
 * A body as people read it: JSON with a line for each value, anything else unchanged. It's laid out as text, so that long
 * numbers and repeated names stay as they were sent.
 */
export function pretty(body: string): string {
  const value = parsedJson(body)
  return typeof value !== 'object' || value === null || isDeeperThan(mostIndented, value) ? body : indented(body)
}

function indented(json: string): string {
  let text = ''
  let depth = 0
  let hasOpened = false
  const line = () => `\n${'  '.repeat(depth)}`
  for (const [token] of json.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    const isOpening = token === '{' || token === '['
    const isClosing = token === '}' || token === ']'
    if (isClosing) depth--
    if (hasOpened !== isClosing) text += line()
    text += token
    if (isOpening) depth++
    if (token === ',') text += line()
    if (token === ':') text += ' '
    hasOpened = isOpening
  }
  return text
}
