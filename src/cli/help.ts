import type { Command } from 'commander'
import { nearestName } from '../validation/nearest-name'

/** Words of other tools, and the command that does the same here. */
const synonyms: Readonly<Record<string, string>> = {
  serve: 'start',
  run: 'start',
  health: 'healthcheck',
  judge: 'check',
}

/** Shows the help of the command that `words` name one after the other, or that of `program`. */
export function showHelp(program: Command, words: readonly string[]): void {
  let command = program
  for (const word of words) {
    const next = command.commands.find((each) => each.name() === word)
    if (next === undefined) program.error(noCommand(word, command))
    command = next
  }
  command.outputHelp()
}

/** The sentence about `word`, which is no command below `parent`, with the one that was probably meant. */
export function noCommand(word: string, parent: Command): string {
  const names = parent.commands.map((command) => command.name())
  if (names.includes(word)) return `Put ${word} first, before its options.`
  const path = parent.parent === null ? '' : `${parent.name()} `
  if (names.length === 0) return `${path}has no command ${word}.`
  const isDefault = (name: string) => (path === '' && name === 'start' ? `${name} (the default)` : name)
  const list = names
    .map(isDefault)
    .join(', ')
    .replace(/, ([^,]+)$/, ' and $1')
  return `${path}${word} is not a command${meant(word, names)}: there are ${list}.`
}

function meant(word: string, names: readonly string[]): string {
  const nearest = nearestName(word, names)
  const name = synonyms[word] ?? (nearest?.isNear ? nearest.name : undefined)
  return name === undefined || !names.includes(name) ? '' : ` (did you mean ${name}?)`
}
