'use strict'

/**
 * @param {string[][]} rows The first is the head. The first column is set left, the others right.
 * @returns {string}
 */
exports.table = function (rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  const pad = (cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))
  return rows.map((row) => `${row.map(pad).join('  ').trimEnd()}\n`).join('')
}
