'use strict'

const { writeFileSync } = require('node:fs')
const { join } = require('node:path')
const { differences, withTables } = require('./generated')
const { markdownFiles, parseDocument, readDocument } = require('./markdown')

/**
 * Brings the generated tables of all documents in `folder` up to date. With `isCheck` nothing is written.
 *
 * @param {{ folder: string, isCheck?: boolean }} options
 * @returns {Promise<string[]>} What was out of date, in lines for people; empty when nothing was.
 */
exports.updateDocuments = async function ({ folder, isCheck = false }) {
  /** @type {string[]} */
  const told = []
  for (const file of markdownFiles(folder)) {
    const document = readDocument(folder, file)
    const text = await withTables(document, (part) => tableFor(`${file}:${part.line}`, part.name))
    if (text === document.text) continue
    for (const { part, differences: rows } of differences(document, parseDocument(file, text)))
      told.push(`${file}:${part.line}: the table "${part.name}"`, ...rows.map((row) => `  ${row}`))
    if (!isCheck) writeFileSync(join(folder, file), text)
  }
  return told
}

/** @param {string} place @param {string} name */
async function tableFor(place, name) {
  // Loaded once there is a table to make, since all of the sandbox comes with it.
  const { tables } = require('./tables')
  const make = tables[name]
  if (make === undefined)
    throw new Error(`${place}: there is no table "${name}"; there are ${Object.keys(tables).join(', ')}.`)
  return make()
}
