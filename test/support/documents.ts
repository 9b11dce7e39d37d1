import { relative, resolve, sep } from 'node:path'
import { generatedParts } from '../../scripts/docs/generated'
import { type Block, blocks, markdownFiles, readDocument, tables } from '../../scripts/docs/markdown'

export const root = resolve(__dirname, '../..')

/** All documents of the repository. */
export const documents = markdownFiles(root).map((file) => readDocument(root, file))

/** The rows of a generated table, wherever it is, each cell as Markdown. */
export function generatedRows(name: string): string[][] {
  for (const document of documents)
    for (const part of generatedParts(document)) {
      const table = tables(document).find(({ line }) => line > part.line)
      if (part.name === name && table !== undefined) return table.rows
    }
  throw new Error(`No document has the generated table "${name}".`)
}

/** The comment before a block that names what runs it. */
export const runBy = ({ notes }: Block): string | undefined =>
  notes.map((note) => /^run by: (\S+)$/.exec(note)?.[1]).find((file) => file !== undefined)

/** The code blocks that the documents leave to the test with this `__filename`: those after `<!-- run by: … -->`. */
export function blocksRunBy(filename: string): Block[] {
  const file = relative(root, filename).split(sep).join('/')
  const found = documents.flatMap(blocks).filter((block) => runBy(block) === file)
  if (found.length === 0) throw new Error(`No document has <!-- run by: ${file} --> before a block.`)
  return found
}
