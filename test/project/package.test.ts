import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import t from 'tap'
import lock from '../../package-lock.json'
import manifest from '../../package.json'
import { peers } from '../../src/compose/peers'
import { version } from '../../src/version'

const root = resolve(__dirname, '../..')
const tsc5 = require.resolve('typescript/bin/tsc')
const tsc7 = join(root, 'node_modules/typescript7/bin/tsc')

const tarballName = `${manifest.name}-${version}.tgz`

/** Packages that a user's TypeScript project has anyway. */
const typesOfNode = ['@types/node', 'undici-types']

/** An empty project elsewhere, with the packed package and nothing that it does not bring. */
function consumer(): string {
  const folder = mkdtempSync(join(tmpdir(), 'consumer-'))
  t.teardown(() => {
    rmSync(folder, { recursive: true })
  })
  const installed = join(folder, 'node_modules', manifest.name)
  mkdirSync(installed, { recursive: true })
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { cwd: root })
  execFileSync('tar', ['-xzf', join(folder, tarballName), '--strip-components=1', '-C', installed])
  for (const name of typesOfNode)
    cpSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), { recursive: true })
  return folder
}

const run = (folder: string, ...args: string[]) =>
  execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })

const orderAndClose = `
  const response = await fetch(sandbox.url + '/unified/ats/assessments/orders', {
    method: 'POST',
    headers: {
      authorization: 'Basic ' + btoa(sandbox.credentials.username + ':' + sandbox.credentials.password),
      'x-account-id': 'acme',
      'content-type': 'application/json',
    },
    body: '{"id":"order-1"}',
  })
  console.log(response.status, (await response.json()).id)
  await sandbox.close()
`

const folder = consumer()
const tarball = join(folder, tarballName)

t.test('the code and package.json have the same version', (t) => {
  t.equal(version, manifest.version)
  t.end()
})

t.test('the packed package works in JavaScript through import and require', (t) => {
  writeFileSync(
    join(folder, 'test.mjs'),
    `import { startSandbox } from '${manifest.name}'\nconst sandbox = await startSandbox()\n${orderAndClose}`,
  )
  writeFileSync(
    join(folder, 'test.cjs'),
    `const { startSandbox } = require('${manifest.name}')\nvoid (async () => {\nconst sandbox = await startSandbox()\n${orderAndClose}})()`,
  )
  t.equal(run(folder, 'test.mjs'), '200 order-1\n')
  t.equal(run(folder, 'test.cjs'), '200 order-1\n')

  const command = join(folder, 'node_modules', manifest.name, manifest.bin['assessments-sandbox'])
  t.equal(run(folder, command, '--version'), `${version}\n`)
  t.end()
})

t.test('the packed package works in TypeScript 5 and 7, as ES modules and as CommonJS', (t) => {
  const source = `
import { startSandbox, type Sandbox, type SandboxOptions } from '${manifest.name}'
const options: SandboxOptions = { apiKeys: ['alpha:secret'], logLevel: 'silent' }
async function main(): Promise<void> {
  await using sandbox: Sandbox = await startSandbox(options)
  // @ts-expect-error: a wrong option is found before anything runs
  const wrong: SandboxOptions = { prot: 1 }
  ${orderAndClose.replace('.json()).id', '.json() as { id: string }).id')}
  console.log(typeof wrong)
}
void main()
`
  writeFileSync(join(folder, 'es.mts'), source)
  writeFileSync(join(folder, 'common.cts'), source)
  const compile = (tsc: string, ...options: string[]) =>
    run(
      folder,
      ...[tsc, '--strict', '--target', 'es2022', '--lib', 'es2022,esnext.disposable', '--types', 'node'],
      ...['--skipLibCheck', ...options, 'es.mts', 'common.cts'],
    )
  compile(tsc5, '--module', 'nodenext')
  t.equal(run(folder, 'es.mjs'), '200 order-1\nobject\n')
  t.equal(run(folder, 'common.cjs'), '200 order-1\nobject\n')

  // Without the types of Node, too.
  writeFileSync(join(folder, 'bare.mts'), `export { startSandbox as start } from '${manifest.name}'\n`)
  run(
    folder,
    tsc5,
    '--strict',
    '--module',
    'nodenext',
    '--lib',
    'es2022,esnext.disposable',
    '--typeRoots',
    'none',
    'bare.mts',
  )
  compile(tsc7, '--module', 'node16', '--noEmit')
  compile(tsc7, '--module', 'preserve', '--moduleResolution', 'bundler', '--noEmit')
  t.end()
})

t.test('publint finds no problem in the packed package', async (t) => {
  const { publint } = await import('publint')
  const { formatMessage } = await import('publint/utils')
  const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(readFileSync(tarball)).buffer } })
  t.strictSame(
    messages.map((message) => formatMessage(message, pkg, { color: false })),
    [],
  )
})

t.test("the packed package's types resolve in every module resolution mode and match its code", async (t) => {
  const { checkPackage, createPackageFromTarballData } = await import('@arethetypeswrong/core')
  const checked = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(tarball))))
  if (checked.types === false) return t.fail('the package has no types')
  t.strictSame(Object.keys(checked.entrypoints), ['.', './judge', './package.json'])
  t.strictSame(checked.problems, [])
})

t.test('the lock file has a checksum for every package, and every package supports Node 20', (t) => {
  const { '': own, ...packages } = lock.packages as Record<string, { integrity?: string; engines?: { node?: string } }>
  t.ok(Object.keys(packages).length > 300)
  const those = (isWrong: (entry: { integrity?: string; engines?: { node?: string } }) => boolean) =>
    Object.keys(packages).filter((path) => isWrong(packages[path] ?? {}))
  t.strictSame(
    those(({ integrity }) => !/^sha512-[\w+/]{86}==$/.test(String(integrity))),
    [],
    'all have a checksum',
  )
  t.strictSame(
    those(({ engines }) => /^>=? ?(2[1-9]|[3-9]\d)/.test(String(engines?.node))),
    [],
    'all support Node 20',
  )
  t.strictSame(own?.engines, manifest.engines)
  t.end()
})

t.test('the package is installed alone, is small and runs nothing at installation', (t) => {
  t.notOk('dependencies' in manifest)
  const installed = join(folder, 'node_modules', manifest.name)
  t.strictSame(readdirSync(installed).sort(), ['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'package.json'])
  const files = readdirSync(join(installed, 'dist'), { recursive: true, encoding: 'utf8' })
  const folders = ['docs', 'inspector', 'lib']
  const docs = ['page.css', 'page.js', 'swagger-ui-bundle.js'].map((file) => `docs/${file}`)
  const page = ['app.css', 'app.js', 'index.html'].map((file) => `inspector/${file}`)
  const code = ['cli.js', 'index.d.ts', 'index.js', 'judge.d.ts', 'judge.js', 'sandbox.js', 'sandbox.js.map']
  const own = [...code, 'licences.txt', 'llms.txt', 'sbom.json']
  const isLibrary = (file: string) => /^lib\/[a-z\d-]+\.js$/.test(file)
  t.strictSame(files.filter((file) => !isLibrary(file)).sort(), [...folders, ...docs, ...page, ...own].sort())
  t.ok(files.includes('lib/ajv-compiler.js'))
  const bytes = files.reduce((sum, file) => sum + statSync(join(installed, 'dist', file)).size, 0)
  t.ok(bytes < 12_000_000, String(bytes))
  for (const script of ['preinstall', 'install', 'postinstall', 'prepare']) t.notOk(script in manifest.scripts, script)
  t.match(readFileSync(join(installed, 'dist/cli.js'), 'utf8'), /^#!\/usr\/bin\/env node\n/)
  t.end()
})

t.test('the package lists what it contains of others, each with its licence', (t) => {
  const read = (file: string) => readFileSync(join(folder, 'node_modules', manifest.name, 'dist', file), 'utf8')
  const { components } = JSON.parse(read('sbom.json')) as { components: { name: string; version: string }[] }
  const licences = read('licences.txt')
  for (const name of ['fastify', '@fastify/basic-auth', '@sinclair/typebox', 'pino', 'swagger-ui-dist', 'preact'])
    t.ok(
      components.some((component) => component.name === name),
      name,
    )
  for (const { name, version } of components) t.match(licences, `\n\n${name} ${version} (`)
  t.notOk(components.some(({ name }) => name in manifest.peerDependencies))
  t.end()
})

t.test('a store in Redis asks for the packages it needs, with the command that installs them', (t) => {
  const wanted = Object.entries(manifest.peerDependencies).map(([name, range]) => `"${name}@${range}"`)
  const sentence = `A store in Redis needs packages that are not installed: npm install ${wanted.join(' ')}, or change store.`
  writeFileSync(
    join(folder, 'redis.cjs'),
    `const { startSandbox } = require('${manifest.name}')\n` +
      "startSandbox({ store: 'redis://127.0.0.1:1' }).catch((error) => console.log(error.message))",
  )
  t.equal(run(folder, 'redis.cjs'), `${sentence}\n`)
  t.strictSame(peers, manifest.peerDependencies)
  t.end()
})

t.test('a stack trace of the package names the sources, with --enable-source-maps', (t) => {
  writeFileSync(
    join(folder, 'trace.cjs'),
    `const { startSandbox } = require('${manifest.name}')\n` +
      'startSandbox({ port: -1 }).catch((error) => console.log(error.stack))',
  )
  t.match(run(folder, '--enable-source-maps', 'trace.cjs'), /at readOptions \(.*src\/config\.ts:\d+:\d+\)/)
  t.end()
})
