import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import Ajv from 'ajv'
import t from 'tap'
import { parse } from 'yaml'
import manifest from '../../package.json'
import { releaseNotes, sectionsOf, withAddresses } from '../../scripts/release'
import {
  type Dependabot,
  DependabotSchema,
  IssueConfigSchema,
  type IssueForm,
  IssueFormSchema,
  type Workflow,
} from '../support/github-files'
import { problemsOf } from '../support/workflow-parser'

const root = resolve(__dirname, '../..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const isThere = (file: string) => existsSync(join(root, file))
const filesIn = (folder: string) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`)

// As GitHub reads them: there a bare 2026-11-26 is a date, which is no text.
const yaml = (file: string): unknown => parse(read(file), { version: '1.1' })

const ajv = new Ajv({ strict: false, allErrors: true })
const violationsOf = (schema: object, value: unknown) => (ajv.validate(schema, value) ? [] : (ajv.errors ?? []))

const workflows = filesIn('.github/workflows').map((file) => ({ file, workflow: parse(read(file)) as Workflow }))
const jobs = workflows.flatMap(({ file, workflow }) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({ name: `${file}: ${name}`, id: name, job })),
)
const commands = jobs.flatMap(({ name, job }) => (job.steps ?? []).flatMap(({ run }) => (run ? [{ name, run }] : [])))

/** The versions of Node that the package supports, such as 20. */
const supported = [...manifest.engines.node.matchAll(/\^(\d+)/g)].map(([, major]) => Number(major))

t.test("GitHub's own parser accepts the workflows and the recipe", async (t) => {
  t.strictSame(
    workflows.map(({ file }) => file),
    ['.github/workflows/ci.yml', '.github/workflows/release.yml'],
  )
  const recipe = 'examples/github-actions/test.yml'
  for (const file of [...workflows.map(({ file }) => file), recipe])
    t.strictSame(await problemsOf(file, read(file)), [], file)

  const release = read('.github/workflows/release.yml')
  for (const [right, wrong, problem] of [
    ['timeout-minutes', 'timeout-minute', "Unexpected value 'timeout-minute'"],
    ['on:\n', 'when:\n', 'Required property is missing: on'],
    ['needs: check', 'needs: checks', "depends on unknown job 'checks'"],
    ['steps.names.', 'step.names.', "Unrecognized named-value: 'step'"],
  ] as const) {
    const found = await problemsOf('release.yml', release.replace(right, wrong))
    t.match(found.join('\n'), problem, 'the mistake is found')
  }
  t.match(await problemsOf('release.yml', 'on: ['), [/Flow sequence/], 'invalid YAML is found too')
})

t.test('every action is pinned to a commit, and is in the same version everywhere', (t) => {
  const pinned = new Map<string, string>()
  for (const { file } of workflows)
    for (const [, used = ''] of read(file).matchAll(/\buses: (.+)$/gm)) {
      if (used.startsWith('./')) {
        t.ok(isThere(used), `${file}: ${used}`)
        continue
      }
      const [, action = '', version = ''] = /^([\w-]+\/[\w-]+)@([\da-f]{40} # v\d+\.\d+\.\d+)$/.exec(used) ?? []
      t.ok(action, `${file}: ${used} is pinned to a commit, with its version in a comment`)
      t.equal(version, pinned.get(action) ?? version, `${file}: ${action}`)
      pinned.set(action, version)
    }
  t.ok(pinned.size > 5)
  t.end()
})

t.test('a job may do what it needs and nothing else, and ends in time', (t) => {
  for (const { file, workflow } of workflows)
    t.notOk(Object.values(workflow.permissions).includes('write'), `${file}: only jobs may request write permissions`)
  const mayWrite = jobs.flatMap(({ id, job }) =>
    Object.entries(job.permissions ?? {}).flatMap(([right, level]) => (level === 'write' ? [`${id}: ${right}`] : [])),
  )
  t.strictSame(mayWrite, ['npm: id-token', 'image: packages', 'github: contents'])
  for (const { name, job } of jobs) {
    if (job.uses === undefined) t.ok(job['timeout-minutes'], `${name} has a time limit`)
    for (const { uses = '', with: given } of job.steps ?? [])
      if (uses.startsWith('actions/checkout@')) t.equal(given?.['persist-credentials'], false, name)
  }
  t.end()
})

t.test('what the workflows run is there', (t) => {
  const ofNpm = ['ci', 'pack', 'publish', 'sbom']
  let found = 0
  for (const { name, run } of commands) {
    t.notMatch(run, '${{', `${name}: pass values in environment variables, which the shell does not execute`)
    for (const [, script = ''] of run.matchAll(/\bnpm (?:run )?([\w:]+)/g)) {
      t.ok(ofNpm.includes(script) || script in manifest.scripts, `${name}: npm ${script}`)
      found++
    }
    for (const [, file = ''] of run.matchAll(/\b(?:node|bash) ([\w./-]+)/g)) {
      t.ok(isThere(file), `${name}: ${file}`)
      found++
    }
  }
  t.ok(found > 7)

  const all = workflows.map(({ file }) => read(file)).join('\n')
  for (const [, name = ''] of all.matchAll(/\b(?:vars|secrets)\.(\w+)/g))
    t.match(read('CONTRIBUTING.md'), `\`${name}\``, `CONTRIBUTING.md says what ${name} is`)
  t.end()
})

t.test('CI tests on each supported version of Node, and a release is built on the newest', (t) => {
  const [least = 0] = supported
  const newest = supported.at(-1)
  for (const { name, job } of jobs) {
    if (job.strategy !== undefined) t.strictSame(job.strategy.matrix.node, supported, name)
    else if (job.container !== undefined) t.equal(job.container.image, `node:${String(least)}-bookworm`, name)
    for (const { with: given } of job.steps ?? [])
      if (given?.['node-version'] !== undefined) t.equal(given['node-version'], newest, name)
  }
  t.strictSame(supported.length, 3)
  t.match(read('Dockerfile'), `FROM node:${String(newest)}-`)
  t.end()
})

t.test('the settings of Dependabot are as documented, and each place has what it updates', (t) => {
  const dependabot = yaml('.github/dependabot.yml') as Dependabot
  t.strictSame(violationsOf(DependabotSchema, dependabot), [])
  t.not(violationsOf(DependabotSchema, { ...dependabot, version: '2' }).length, 0, 'an invalid file is rejected')
  const manifests: Record<string, string> = {
    npm: 'package-lock.json',
    'github-actions': '.github/workflows/ci.yml',
    docker: 'Dockerfile',
    'docker-compose': 'compose.yaml',
  }
  for (const { 'package-ecosystem': ecosystem, directory, groups = {}, ignore = [] } of dependabot.updates) {
    t.ok(isThere(join(directory, manifests[ecosystem] ?? 'nothing')), ecosystem)
    t.ok(Object.keys(groups).length > 0, `${ecosystem} updates are grouped`)
    for (const { 'dependency-name': name = '' } of ignore) t.ok(name in manifest.devDependencies, name)
  }
  t.end()
})

t.test('the issue forms are as documented', (t) => {
  const folder = '.github/ISSUE_TEMPLATE'
  t.strictSame(violationsOf(IssueConfigSchema, yaml(`${folder}/config.yml`)), [])
  const files = filesIn(folder).filter((file) => !file.endsWith('/config.yml'))
  t.strictSame(files, [`${folder}/bug.yml`, `${folder}/real-service-differs.yml`])
  for (const file of files) {
    const form = yaml(file) as IssueForm
    t.strictSame(violationsOf(IssueFormSchema, form), [], file)
    t.not(violationsOf(IssueFormSchema, { ...form, title: new Date(0) }).length, 0, 'an invalid form is rejected')
    for (const part of ['id', 'label'] as const) {
      const all = form.body.flatMap((field) =>
        field.type === 'markdown' ? [] : [part === 'id' ? field.id : field.attributes.label],
      )
      t.equal(new Set(all).size, all.length, `${file}: each ${part} is used once`)
    }
  }
  t.end()
})

t.test('the changelog has the version of the package on top of the released ones, and room for the next', (t) => {
  const [unreleased, newest, ...others] = sectionsOf(read('CHANGELOG.md'))
  t.match(unreleased, { version: 'Unreleased', date: null })
  t.equal(newest?.version, manifest.version)
  const dates = [newest, ...others].map((section) => String(section?.date))
  for (const date of dates) t.match(date, /^\d{4}-\d\d-\d\d$/)
  t.strictSame(dates, dates.toSorted().toReversed())
  t.end()
})

t.test('a release has the notes of its version, and is refused when something does not fit together', (t) => {
  const changelog =
    '# Changelog\n\n## [Unreleased]\n\n## [0.3.0] - 2027-01-31\n\n### Fixed\n\n- One.\n\n## [0.2.0] - 2026-11-26\n\n- Two.\n'
  const notes = (tag: string, version: string, text = changelog) => releaseNotes(tag, { version, changelog: text })
  t.equal(notes('v0.3.0', '0.3.0'), '### Fixed\n\n- One.')
  t.equal(notes('v0.2.0', '0.2.0'), '- Two.')
  t.throws(() => notes('v0.3.1', '0.3.0'), { message: 'The tag is v0.3.1, but package.json has the version 0.3.0.' })
  t.throws(() => notes('0.3.0', '0.3.0'), { message: /^The tag is 0\.3\.0/ })
  t.throws(() => notes('v0.4.0', '0.4.0'), { message: /no text under "## \[0\.4\.0\] - DATE"/ })
  t.throws(() => notes('v0.3.0', '0.3.0', changelog.replace(' - 2027-01-31', '')), { message: /no text under/ })
  t.throws(() => notes('v0.3.0', '0.3.0', changelog.replace('[Unreleased]\n', '[Unreleased]\n\n- Three.\n')), {
    message: /heading \[Unreleased\] with nothing below it/,
  })

  const { name, repository, bugs, homepage } = withAddresses(manifest, 'https://example.com/us/sandbox') as Record<
    string,
    unknown
  >
  t.strictSame(
    { name, repository, bugs, homepage },
    {
      name: manifest.name,
      repository: { type: 'git', url: 'git+https://example.com/us/sandbox.git' },
      bugs: { url: 'https://example.com/us/sandbox/issues' },
      homepage: 'https://example.com/us/sandbox#readme',
    },
  )
  t.end()
})

t.test('the files that CONTRIBUTING.md and SECURITY.md send people to are there', (t) => {
  let found = 0
  for (const document of ['CONTRIBUTING.md', 'SECURITY.md', '.github/pull_request_template.md'])
    for (const [, file = ''] of read(document).matchAll(
      /`((?:src|schemas|test|scripts|bench|\.github|\.ci)\/[^`*\s]+)`/g,
    )) {
      t.ok(isThere(file), `${document}: ${file}`)
      found++
    }
  t.ok(found > 20)
  t.end()
})
