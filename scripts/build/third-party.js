'use strict'

// What the bundle contains of others: their licences, and a list of them for tools that look for known defects.

const { existsSync, readdirSync, readFileSync } = require('node:fs')
const { join } = require('node:path')
const manifest = require('../../package.json')

/**
 * @typedef {object} Package
 * @property {string} name
 * @property {string} version
 * @property {string} licence As an SPDX expression.
 * @property {string} text The licence.
 */

/**
 * The packages that `files` below `root` belong to, by name and version.
 *
 * @param {string[]} files
 * @param {string} root
 * @returns {Package[]}
 */
exports.packagesIn = function (files, root) {
  const folders = files.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0])
  const found = [...new Set(folders)].filter((folder) => folder !== undefined)
  return found
    .map((folder) => describe(join(root, folder)))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .filter((each, i, all) => i === 0 || keyOf(each) !== keyOf(/** @type {Package} */ (all[i - 1])))
}

/** @param {Package} each */
const keyOf = ({ name, version }) => `${name}@${version}`

/** @param {string} folder */
function describe(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((each) => /^(licen[cs]e|copying)/i.test(each))
  if (typeof license !== 'string') throw new Error(`${folder} names no licence: look what it is.`)
  const text = file === undefined ? stated(folder, license) : readFileSync(join(folder, file), 'utf8').trim()
  return { name, version, licence: license, text }
}

/** What a package without a licence file says about its licence. @param {string} folder @param {string} licence */
function stated(folder, licence) {
  const readme = ['README.md', 'readme.md', 'Readme.md'].map((file) => join(folder, file)).find(existsSync)
  const section = readme === undefined ? undefined : /^#+ *licen[cs]e\b[^]*/im.exec(readFileSync(readme, 'utf8'))?.[0]
  return section?.trim() ?? `Licence: ${licence}`
}

/** @param {Package[]} packages */
exports.licencesOf = (packages) =>
  `${manifest.name} contains the packages below, each under its own licence.\n` +
  packages.map(({ name, version, licence, text }) => `\n\n${name} ${version} (${licence})\n\n${text}\n`).join('')

/**
 * A bill of materials, in the format of CycloneDX 1.5.
 *
 * @param {Package[]} packages
 */
exports.billOf = (packages) => ({
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  version: 1,
  metadata: { component: componentOf({ ...manifest, licence: manifest.license }) },
  components: packages.map(componentOf),
})

/** @param {Omit<Package, 'text'>} each */
const componentOf = ({ name, version, licence }) => ({
  type: 'library',
  name,
  version,
  purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
  'bom-ref': `${name}@${version}`,
  licenses: [/^[\w.+-]+$/.test(licence) ? { license: { id: licence } } : { expression: licence }],
})
