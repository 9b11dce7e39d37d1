import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { defaults } from '../../src/defaults'

t.test('what an editor shows of an option names the default that it has', (t) => {
  const text = readFileSync(join(__dirname, '../../src/options.ts'), 'utf8')
  for (const [name, value] of Object.entries(defaults)) {
    const [, comment = ''] = new RegExp(`/\\*\\*((?:(?!\\*/)[^])*)\\*/\\n  ${name}\\?: `).exec(text) ?? []
    const [, shown = ''] = comment.split('Default: ')
    t.ok(shown.replaceAll(/[,`'[\]]/g, '').includes(String(value)), `${name}: ${String(value)} in “${shown}”`)
  }
  t.end()
})
