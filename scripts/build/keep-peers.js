'use strict'

// Run by the Dockerfile, after the build. Makes the optional peers the only dependencies, so that `npm install` removes
// all other packages and keeps these in the versions of the lock file.

const { readFileSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')

const file = join(__dirname, '../../package.json')
const { name, version, peerDependencies } = JSON.parse(readFileSync(file, 'utf8'))
writeFileSync(file, JSON.stringify({ name, version, dependencies: peerDependencies }))
