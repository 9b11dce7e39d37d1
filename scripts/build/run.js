'use strict'

// Run by `npm run build`, after the compiler. Makes what is published: one file with the sandbox and the libraries that
// it needs, so that a user installs one package and Node reads one file, and beside it what browsers and editors read.

const { writeFileSync } = require('node:fs')
const { join } = require('node:path')
const { copyAgents } = require('./agents')
const { bundleCode } = require('./code')
const { bundleInspector } = require('./inspector')
const { billOf, licencesOf, packagesIn } = require('./third-party')
const { bundleTypes } = require('./types')
const { bundleReferencePage, copyViewer } = require('./viewer')

const root = join(__dirname, '../..')
const dist = join(root, 'dist')

async function run() {
  const viewer = copyViewer(root, dist)
  copyAgents(root, dist)
  const [code, page] = await Promise.all([
    bundleCode(root, dist),
    bundleInspector(root, dist),
    bundleTypes(root, dist),
    bundleReferencePage(root, dist),
  ])
  // The types hold those of TypeBox, which is in the code too.
  const packages = [...packagesIn([...code, ...page], root), viewer]
  writeFileSync(join(dist, 'licences.txt'), licencesOf(packages))
  writeFileSync(join(dist, 'sbom.json'), `${JSON.stringify(billOf(packages), null, 2)}\n`)
}

run().catch((error) => {
  console.error(error)
  process.exitCode = 1
})
