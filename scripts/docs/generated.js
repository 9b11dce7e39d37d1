'use strict'

// Finds the parts of a document that are generated, and puts tables into them.

const { format, resolveConfig } = require('prettier')
const { comments } = require('./markdown')

/** @typedef {{ name: string, start: number, end: number, line: number }} Part Where a generated table belongs. */
/** @typedef {{ head: string[], rows: string[][] }} Table Its cells are Markdown. */

const opening = /^generated: (\S+) \(npm run docs\)$/
const closing = '/generated'

/**
 * The parts of a document between `<!-- generated: NAME (npm run docs) -->` and `<!-- /generated -->`. Throws on a marker
 * that has no counterpart, or is written differently.
 *
 * @param {import('./markdown').Document} document
 * @returns {Part[]}
 */
exports.generatedParts = function (document) {
  /** @type {Part[]} */
  const parts = []
  /** @type {{ name: string, end: number, line: number } | undefined} */
  let open
  for (const { comment, line, start, end } of comments(document)) {
    if (!/^\/?generated\b/.test(comment)) continue
    const place = `${document.file}:${line}`
    if (comment === closing) {
      if (open === undefined) throw new Error(`${place}: nothing is open that <!-- /generated --> could close.`)
      parts.push({ name: open.name, start: open.end, end: start, line: open.line })
      open = undefined
      continue
    }
    const name = opening.exec(comment)?.[1]
    if (name === undefined)
      throw new Error(`${place}: write the marker as <!-- generated: NAME (npm run docs) -->, not <!-- ${comment} -->.`)
    if (open !== undefined) throw notClosed(document.file, open)
    open = { name, end, line }
  }
  if (open !== undefined) throw notClosed(document.file, open)
  return parts
}

/** @param {string} file @param {{ name: string, line: number }} open */
const notClosed = (file, { name, line }) =>
  new Error(`${file}:${line}: the table "${name}" is not closed: <!-- /generated --> is missing after it.`)

/**
 * The text of a document with each of its parts as `tableOf` has it. A part whose table is null stays as it is.
 *
 * @param {import('./markdown').Document} document
 * @param {(part: Part) => Promise<Table | null>} tableOf
 */
exports.withTables = async function (document, tableOf) {
  let text = document.text
  // From the end, so that the places of the parts before stay right.
  for (const part of exports.generatedParts(document).toReversed()) {
    const table = await tableOf(part)
    if (table !== null) text = `${text.slice(0, part.start)}\n\n${await markdown(table)}\n${text.slice(part.end)}`
  }
  return text
}

/** A table as prettier writes it. @param {Table} table */
async function markdown({ head, rows }) {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(escaped).join(' | ')} |\n`)
  return format(lines.join(''), { ...(await resolveConfig(__filename)), parser: 'markdown' })
}

/** @param {string} cell */
const escaped = (cell) => cell.replaceAll('|', '\\|')

/**
 * What differs between two texts of a document: for each part, the rows that only one of them has.
 *
 * @param {import('./markdown').Document} before
 * @param {import('./markdown').Document} after
 * @returns {{ part: Part, differences: string[] }[]}
 */
exports.differences = function (before, after) {
  const changed = exports.generatedParts(after)
  return exports.generatedParts(before).flatMap((part, i) => {
    const other = /** @type {Part} */ (changed[i])
    const [had, has] = [before.text.slice(part.start, part.end), after.text.slice(other.start, other.end)]
    if (had === has) return []
    const [old, now] = [rowsOf(had), rowsOf(has)]
    const differences = [
      ...old.filter((row) => !now.includes(row)).map((row) => `- ${row}`),
      ...now.filter((row) => !old.includes(row)).map((row) => `+ ${row}`),
    ]
    return [{ part, differences: differences.length > 0 ? differences : ['the order or the layout of its rows'] }]
  })
}

/** Rows without what aligns their cells. @param {string} text */
const rowsOf = (text) =>
  text
    .split('\n')
    .map((line) => line.replace(/ {2,}/g, ' ').trim())
    .filter((line) => line !== '' && !/^[|\s-]+$/.test(line))
