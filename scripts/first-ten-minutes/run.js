'use strict'

// Does what README.md says, in its order, on a fresh clone of the last commit, and prints how long each step took:
// node scripts/first-ten-minutes/run.js. The commands, and what they should print, are read from the README itself. It fails
// if a step does, if the README shows something else, or if a first green test takes more than five minutes.

const { spawnSync } = require('node:child_process')
const { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs')
const { createServer } = require('node:net')
const { tmpdir } = require('node:os')
const { basename, join } = require('node:path')
const { once } = require('node:events')
const { setTimeout: passTime } = require('node:timers/promises')
const { blocks, nodes, readDocument, tables } = require('../docs/markdown')
const { notInOutput } = require('../docs/shown-output')
const { spawnKept } = require('../kept-process')
const { steadyPort } = require('../steady-port')
const { noteGreen, report, timed } = require('./timing')

const root = join(__dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'first-ten-minutes-'))
const clone = join(folder, 'stackone-assessments-sandbox')
const project = join(folder, 'project')
const published = 4600
const ownNote = 'run by: scripts/first-ten-minutes/run.js'

/** @typedef {{ line: number, run: () => Promise<void> }} Task A part of the README that is carried out. */

let port = published
/** @type {ReturnType<typeof spawnKept> | undefined} */
let server

/** Without the settings of whoever runs this, and with what npm has in its cache. */
const env = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(SANDBOX_.*|npm_.*|PORT|HOST|LOG_LEVEL|NODE_OPTIONS)$/.test(name),
    ),
  ),
  npm_config_prefer_offline: 'true',
  npm_config_update_notifier: 'false',
}

/** The README's text for this run: with the port that is used, and the clone's path. @param {string} text */
const here = (text) => text.replaceAll(String(published), String(port)).replaceAll(`/path/to/${basename(clone)}`, clone)

/** Runs a command as the README has it, and returns its output. @param {string} command @param {string} cwd */
function shell(command, cwd) {
  // The script that the README names defaults to its port, too.
  const address = port === published ? {} : { SANDBOX_URL: `http://127.0.0.1:${port}` }
  const options = { cwd, env: { ...env, ...address }, encoding: /** @type {const} */ ('utf8') }
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', here(command)], options)
  if (status !== 0) throw new Error(`${command}\nexits with ${String(status)}:\n${stdout}${stderr}`)
  if (/^Ran 0 tests/m.test(stderr)) throw new Error(`${command}\nruns no test:\n${stderr}`)
  return stdout.replaceAll(String(port), String(published))
}

/** Starts a sandbox, and returns as soon as it is ready. @param {string} command */
async function start(command) {
  const settings = port === published ? {} : { PORT: String(port) }
  const stdio = /** @type {import('node:child_process').StdioOptions} */ (['ignore', 'pipe', 'inherit'])
  server = spawnKept('sh', ['-c', command], { cwd: clone, env: { ...env, ...settings }, stdio })
  const { stdout } = server.child
  if (stdout === null) throw new Error('The output of the sandbox is not piped.')
  let printed = ''
  for await (const part of stdout.iterator({ destroyOnReturn: false })) {
    printed += String(part)
    if (printed.includes('"msg":"ready"')) break
  }
  if (!server.isRunning()) throw new Error(`${command} ends instead of starting:\n${printed}`)
  stdout.resume()
}

/** Presses Ctrl-C, and waits until nothing answers any more. npm may end first, so the sandbox has a moment longer. */
async function stop() {
  server?.signal('SIGINT')
  await server?.ended
  const url = `http://127.0.0.1:${port}/_sandbox/health`
  for (let tries = 0; tries < 50; tries++) {
    const isUp = await fetch(url).then(
      () => true,
      () => false,
    )
    if (!isUp) return
    await passTime(100)
  }
  throw new Error('Five seconds after Ctrl-C, the sandbox still answers.')
}

/** @param {string} url */
async function open(url) {
  const response = await fetch(here(url))
  const text = await response.text()
  if (response.status !== 200 || !text.includes('<html')) throw new Error(`${url} answers ${response.status}: ${text}`)
}

/** @param {string} text @param {string} language @param {string} output */
function expectOutput(text, language, output) {
  const problems = notInOutput(text, language, output)
  if (problems.length > 0) throw new Error(`README.md shows what does not come out:\n${problems.join('\n')}`)
}

/** A task for each block of code. @param {import('../docs/markdown').Document} readme @returns {Task[]} */
function blockTasks(readme) {
  const all = blocks(readme).filter(({ notes }) =>
    notes.every((note) => !note.startsWith('run by: ') || note === ownNote),
  )
  const first = all[0]?.section
  let output = ''
  return all.map((block) => {
    const { line, section, language, code, notes } = block
    const cwd = section === first ? clone : project
    const run = async () => {
      if (language === 'sh') {
        // Installing and starting are two steps.
        for (const command of code.split(' && '))
          if (command === 'npm start') await timed(section, command, () => start(command))
          else output = await timed(section, command, () => shell(command, cwd))
        for (const [page] of output.matchAll(/http:\/\/[\w.:]+\/tests\/[\w-]+/g))
          await timed(section, `open ${page}`, () => open(page))
        if (code.startsWith('node --test')) noteGreen('node:test', (step) => step.ran !== 'npm start')
      } else if (language === 'js') {
        const [, name] = /^\/\/ (\S+\.mjs)\n/.exec(code) ?? []
        writeFileSync(join(cwd, name ?? 'snippet.mjs'), here(code))
        if (name === undefined) {
          const [, library = ''] = /from '(@[^']+)'/.exec(code) ?? []
          const install = `npm install ${library}`
          await timed('', install, () => shell(install, cwd), true)
          output = await timed(section, `node: ${code}`, () => shell('node snippet.mjs', cwd))
        }
      } else expectOutput(code, language, output)
      for (const note of notes) if (note.startsWith('prints: ')) expectOutput(note.slice(8), 'text', output)
    }
    return { line, run }
  })
}

/** A task for each address of the sandbox that the README tells to open. @param {import('../docs/markdown').Document} readme */
const linkTasks = (readme) =>
  nodes(readme, 'link')
    .filter(({ url = '' }) => url.startsWith(`http://127.0.0.1:${published}/`))
    .map(({ url = '', position }) => ({
      line: position.start.line,
      run: () => timed('Open', url, () => open(url)),
    }))

/**
 * A task for each recipe in the table of the README: what to test with, what to copy, and what to run.
 *
 * @param {import('../docs/markdown').Document} readme
 * @param {string} install
 * @returns {Task[]}
 */
const recipeTasks = (readme, install) =>
  tables(readme).flatMap(({ line, rows }) =>
    rows
      .filter(([, copied = '']) => copied.startsWith('`examples/'))
      .map(([name = '', copied = '', command = '']) => ({
        line,
        async run() {
          const own = join(folder, name.replaceAll(/\W+/g, '-'))
          mkdirSync(own)
          writeFileSync(join(own, 'package.json'), '{ "private": true }')
          const [, code = ''] = /`(.+?)`/.exec(command) ?? []
          const [, runner] = /^npx (\S+)/.exec(code) ?? []
          if (runner !== undefined) {
            const prepared = `npm install --save-dev ${runner}`
            await timed('', prepared, () => shell(prepared, own), true)
            await timed(name, install, () => shell(install, own))
          }
          for (const [, path = ''] of copied.matchAll(/`(.+?)`/g))
            cpSync(join(clone, path), join(own, basename(path)), { recursive: true })
          await timed(name, code, () => shell(code, own))
          const needsServer = command.includes('running')
          noteGreen(name, ({ step, ran }) => step === name || (needsServer && ran === 'npm start'))
        },
      })),
  )

/** The README's port if it is free. */
async function choosePort() {
  const probe = createServer().listen(published, '127.0.0.1')
  const isFree = await once(probe, 'listening').then(
    () => true,
    () => false,
  )
  probe.close()
  if (isFree) return
  port = await steadyPort()
  console.log(`Port ${published}, which README.md names, is in use here: everything below runs on ${port} instead.\n`)
}

async function run() {
  await choosePort()
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), '{ "private": true }')
  const cloning = `git -c safe.directory='*' clone --quiet 'file://${root}' '${clone}'`
  await timed('Clone', 'git clone', () => shell(cloning, folder))
  const readme = readDocument(clone, 'README.md')
  // docs/guides/testing.md has the same command.
  const install = blocks(readme).find(({ code }) => code.startsWith('npm install --save-dev'))?.code
  if (install === undefined) throw new Error('README.md does not say how to install the package in a project.')
  const tasks = [...blockTasks(readme), ...linkTasks(readme), ...recipeTasks(readme, install)]
  for (const task of tasks.toSorted((a, b) => a.line - b.line)) await task.run()
  await timed('Stop', 'Ctrl-C', stop)
}

run()
  .catch((error) => {
    console.error(`FAILED: ${error.message}\n`)
    process.exitCode = 1
  })
  .finally(() => {
    report()
    rmSync(folder, { recursive: true, force: true })
  })
