'use strict'

// What a release needs beside the build; .github/workflows/release.yml runs it.
//
//   node scripts/release.js check v0.3.0     fails unless the tag, package.json and the changelog agree
//   node scripts/release.js notes v0.3.0     prints the changelog's part of that version
//   node scripts/release.js addresses URL    writes the repository's address into package.json

const { readFileSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')

const root = join(__dirname, '..')
const read = (/** @type {string} */ file) => readFileSync(join(root, file), 'utf8')

/**
 * The sections of a changelog, newest first: `[0.3.0] - 2027-01-31` and what stands below it.
 *
 * @param {string} changelog
 */
exports.sectionsOf = (changelog) =>
  changelog
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [heading = '', ...lines] = section.split('\n')
      const [, version = '', date = null] = /^\[(.+?)\](?: - (\d{4}-\d\d-\d\d))?$/.exec(heading) ?? []
      return { version, date, text: lines.join('\n').trim() }
    })

/**
 * The changelog's part of the version that `tag` names. Throws when that version cannot be released.
 *
 * @param {string} tag
 * @param {{ version: string, changelog: string }} repository
 */
exports.releaseNotes = function (tag, { version, changelog }) {
  if (tag !== `v${version}`) throw new Error(`The tag is ${tag}, but package.json has the version ${version}.`)
  const sections = exports.sectionsOf(changelog)
  const notes = sections.find((section) => section.version === version)
  if (notes === undefined || notes.date === null || notes.text === '')
    throw new Error(`CHANGELOG.md has no text under "## [${version}] - DATE".`)
  const unreleased = sections.find((section) => section.version === 'Unreleased')
  if (unreleased === undefined || unreleased.text !== '')
    throw new Error(`CHANGELOG.md needs a heading [Unreleased] with nothing below it: move that to [${version}].`)
  return notes.text
}

/**
 * `manifest` with the addresses of the repository at `url`. The registry refuses a package whose provenance names another
 * repository, or whose manifest names none.
 *
 * @param {object} manifest
 * @param {string} url
 */
exports.withAddresses = (manifest, url) => ({
  ...manifest,
  homepage: `${url}#readme`,
  bugs: { url: `${url}/issues` },
  repository: { type: 'git', url: `git+${url}.git` },
})

/** @param {string | undefined} command @param {string} [argument] */
function run(command, argument = '') {
  const manifest = JSON.parse(read('package.json'))
  const notes = () => exports.releaseNotes(argument, { version: manifest.version, changelog: read('CHANGELOG.md') })
  switch (command) {
    case 'check':
      notes()
      return
    case 'notes':
      console.log(notes())
      return
    case 'addresses':
      writeFileSync(
        join(root, 'package.json'),
        `${JSON.stringify(exports.withAddresses(manifest, argument), null, 2)}\n`,
      )
      return
    default:
      throw new Error('Usage: node scripts/release.js check TAG | notes TAG | addresses URL')
  }
}

if (require.main === module) {
  try {
    run(process.argv[2], process.argv[3])
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
