'use strict'

// What `npm start` runs. After `npm ci --ignore-scripts` nothing is built yet.

const { existsSync } = require('node:fs')
const { join } = require('node:path')

const cli = join(__dirname, '../dist/src/cli.js')

/* c8 ignore next: a test has it build in a checkout of its own, where nobody measures */
if (!existsSync(cli)) require('./build')
require(cli)
