// Compiles all TypeScript that the tests load in one process, so that theirs need not load the compiler.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compiled } from './compiled.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
for (const folder of ['schemas', 'src', 'test'])
  for (const name of readdirSync(join(root, folder), { encoding: 'utf8', recursive: true }))
    if (name.endsWith('.ts') && !/^(inspector|reference-page)\b/.test(name)) compiled(join(root, folder, name))
