import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { channels, families, items, type Key, keys } from '../../src/store/redis/keys'

const text = readFileSync(join(__dirname, '../../docs/architecture.md'), 'utf8')
const map = text.split(/^## /m).find((section) => section.startsWith('The Redis map\n')) ?? ''

/** The cells of each row of the map's tables. */
const rows = map
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )

/** The row whose first cell names `name`. */
const rowOf = (name: string) => rows.find(([first = '']) => first.split(', ').includes(`\`${name}\``))

/** What the map calls the kinds of keys. */
const typeOf: Record<Key['kind'], string> = {
  string: 'string',
  count: 'counter',
  counts: 'hash of counters',
  hash: 'hash',
  list: 'list',
  set: 'set',
  zset: 'sorted set',
}

t.test('the Redis map has every key, with its type and whether a reset of everything removes it', (t) => {
  const named: [name: string, key: Key][] = [
    ...Object.entries(keys),
    ...Object.values(families).map((family): [string, Key] => [family.begins + family.of.toUpperCase(), family]),
  ]
  for (const [name, { kind, outlivesReset = false }] of named) {
    const [, type = '', , writers = '', end = ''] = rowOf(name) ?? []
    t.ok(type.split(', ').includes(typeOf[kind]), `${name}: ${typeOf[kind]} in “${type}”`)
    t.not(writers, '', name)
    t.equal(!/\bR\b/.test(end), outlivesReset, `${name}: “${end}”`)
  }
  t.end()
})

t.test('the Redis map has every channel and every kind of item', (t) => {
  for (const name of Object.keys(channels)) t.ok(rowOf(name), name)
  for (const begins of Object.values(items)) t.match(map, new RegExp(`\`${begins}[A-Z]+\``))
  t.end()
})
