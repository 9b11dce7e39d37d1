'use strict'

// Reads the project's documents with prettier's own Markdown parser: what it formats is what is read here.

const { readdirSync, readFileSync } = require('node:fs')
const { join } = require('node:path')
const { parsers } = require('prettier/plugins/markdown')

/** @typedef {{ line: number, offset: number }} Place */

/**
 * @typedef {object} Node A node of mdast, the syntax tree of Markdown.
 * @property {string} type
 * @property {string} [value]
 * @property {string | null} [lang]
 * @property {string} [url]
 * @property {Node[]} [children]
 * @property {{ start: Place, end: Place }} position
 */

/**
 * @typedef {object} Document
 * @property {string} file Relative to the root, with slashes.
 * @property {string} text
 * @property {Node} root
 */

/**
 * @typedef {object} Block A fenced block of code.
 * @property {string} file
 * @property {number} line
 * @property {string} language Empty when none is given.
 * @property {string} code
 * @property {string} section The heading above it.
 * @property {string[]} notes The comments directly before it, without `<!--` and `-->`.
 */

/** Folders whose Markdown is not ours. */
const foreign = new Set(['node_modules', 'build', 'dist', '.git', '.tap', 'test-failures'])

/**
 * All Markdown files below `folder`, as paths relative to it.
 *
 * @param {string} folder
 * @returns {string[]}
 */
exports.markdownFiles = (folder) => filesBelow(folder, '').toSorted()

/** @param {string} folder @param {string} prefix @returns {string[]} */
const filesBelow = (folder, prefix) =>
  readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return foreign.has(entry.name) ? [] : filesBelow(folder, `${prefix}${entry.name}/`)
    return entry.name.endsWith('.md') ? [prefix + entry.name] : []
  })

/**
 * @param {string} folder
 * @param {string} file
 * @returns {Document}
 */
exports.readDocument = (folder, file) => exports.parseDocument(file, readFileSync(join(folder, file), 'utf8'))

/**
 * @param {string} file
 * @param {string} text
 * @returns {Document}
 */
exports.parseDocument = (file, text) => ({
  file,
  text,
  // The options matter to plugins alone.
  root: parsers.markdown.parse(text, /** @type {import('prettier').ParserOptions} */ ({})),
})

/**
 * Every node below `node`, in the order of the text.
 *
 * @param {Node} node
 * @returns {Node[]}
 */
const nodesOf = (node) => (node.children ?? []).flatMap((child) => [child, ...nodesOf(child)])

/** @param {Document} document @param {string} type */
exports.nodes = ({ root }, type) => nodesOf(root).filter((node) => node.type === type)

/** The text of a node, without markup. @param {Node} node @returns {string} */
const textOf = ({ value, children = [] }) => value ?? children.map(textOf).join('')

/** @param {Document} document @returns {Block[]} */
exports.blocks = function ({ file, root }) {
  /** @type {Block[]} */
  const found = []
  let section = ''
  /** @param {Node} parent */
  const search = ({ children = [] }) => {
    /** @type {string[]} */
    let notes = []
    for (const node of children) {
      if (node.type === 'html') {
        notes.push(...commentsOf(node).map(({ comment }) => comment))
        continue
      }
      if (node.type === 'heading') section = textOf(node)
      if (node.type === 'code')
        found.push({
          file,
          line: node.position.start.line,
          language: node.lang ?? '',
          code: node.value ?? '',
          section,
          notes,
        })
      search(node)
      notes = []
    }
  }
  search(root)
  return found
}

/**
 * The comments of a piece of HTML, each with where it begins and ends in the text.
 *
 * @param {Node} node
 */
const commentsOf = ({ value = '', position }) =>
  [...value.matchAll(/<!--\s*(.*?)\s*-->/gs)].map((match) => ({
    comment: match[1] ?? '',
    line: position.start.line + value.slice(0, match.index).split('\n').length - 1,
    start: position.start.offset + match.index,
    end: position.start.offset + match.index + match[0].length,
  }))

/** @param {Document} document */
exports.comments = (document) => exports.nodes(document, 'html').flatMap(commentsOf)

/**
 * The tables of a document: where each begins, and its rows without the head, each cell as Markdown.
 *
 * @param {Document} document
 */
exports.tables = (document) =>
  exports.nodes(document, 'table').map(({ children = [], position }) => ({
    line: position.start.line,
    rows: children.slice(1).map((row) => (row.children ?? []).map((cell) => sourceOf(document, cell))),
  }))

/** A cell's own text: without the bars and the spaces beside it. @param {Document} document @param {Node} cell */
function sourceOf({ text }, { children = [] }) {
  const [first, last] = [children[0], children.at(-1)]
  return first && last ? text.slice(first.position.start.offset, last.position.end.offset) : ''
}

/** The anchors of a document's headings, as GitHub makes them. @param {Document} document */
exports.anchors = function (document) {
  /** @type {Map<string, number>} */
  const seen = new Map()
  return exports.nodes(document, 'heading').map((heading) => {
    const slug = textOf(heading)
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-')
    const earlier = seen.get(slug) ?? 0
    seen.set(slug, earlier + 1)
    return earlier === 0 ? slug : `${slug}-${earlier}`
  })
}

/** Where a document points: links, pictures and definitions of both. @param {Document} document */
exports.links = ({ root }) =>
  nodesOf(root).flatMap(({ type, url, position }) =>
    ['link', 'image', 'definition'].includes(type) && url !== undefined ? [{ url, line: position.start.line }] : [],
  )
