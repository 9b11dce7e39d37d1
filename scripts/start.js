'use strict'

// Run by `npm start`; builds first after `npm ci --ignore-scripts`.

const { existsSync } = require('node:fs')
const { join } = require('node:path')

const cli = join(__dirname, '../dist/cli.js')

/* c8 ignore next: tested in a separate checkout, where coverage is not measured */
if (!existsSync(cli)) require('./build')
require(cli)
