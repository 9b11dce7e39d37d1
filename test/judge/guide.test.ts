import { join } from 'node:path'
import t from 'tap'
import { steadyPort } from '../../scripts/steady-port'
import { commandFile, run, unmeasured } from '../support/command-line'
import { blocksRunBy, root } from '../support/documents'
import { notInOutput } from '../../scripts/docs/shown-output'

t.test('a failed check looks as the guide to the judge shows it', async (t) => {
  const [command, shown] = blocksRunBy(__filename)
  const port = String(await steadyPort())
  const line = String(command?.code)
    .replace('assessments-sandbox', `${process.execPath} ${commandFile}`)
    .replace('node examples/', `${unmeasured} node ${join(root, 'examples')}/`)
    .replaceAll('3000', port)
  const script = `process.exitCode = require('child_process').spawnSync('sh', ['-c', ${JSON.stringify(line)}], { stdio: 'inherit' }).status`
  const ran = run(t, [], { PORT: port }, ['--eval', script, '--'])
  const [code] = await ran.exit
  t.equal(code, 1, ran.stderr())
  t.strictSame(notInOutput(String(shown?.code), 'text', ran.stdout().replaceAll(port, '3000')), [])
})
