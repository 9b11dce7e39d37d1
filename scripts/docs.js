'use strict'

// Brings the tables in the documents that come from the code up to date (`npm run docs`). With `--check` it only says
// what is out of date, and exits with 1 if anything is. `--folder DIR` takes the documents there.

const { join } = require('node:path')
const { parseArgs } = require('node:util')
const { updateDocuments } = require('./docs/update')

const { check, folder } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    folder: { type: 'string', default: join(__dirname, '..') },
  },
}).values

updateDocuments({ folder, isCheck: check }).then(
  (told) => {
    if (told.length === 0) return
    console.log(`${told.join('\n')}\n`)
    console.log(check ? 'These tables differ from the code: `npm run docs` updates them.' : 'These tables are updated.')
    process.exitCode = check ? 1 : 0
  },
  (error) => {
    console.error(error.message)
    process.exitCode = 1
  },
)
