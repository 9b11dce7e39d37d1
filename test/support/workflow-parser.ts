import { runInThisContext } from 'node:vm'
import { buildSync } from 'esbuild'
import type * as Parser from '@actions/workflow-parser'

// It imports JSON in a way that bundlers understand, but Node doesn't.
const { outputFiles } = buildSync({
  stdin: { contents: "export * from '@actions/workflow-parser'", resolveDir: __dirname },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  write: false,
})
const bundled = { exports: {} as typeof Parser }
const define = runInThisContext(
  `(module, exports, require) => {${outputFiles.map(({ text }) => text).join('')}\n}`,
) as (...args: unknown[]) => void
define(bundled, bundled.exports, require)
const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = bundled.exports

/** What GitHub's own parser finds wrong in a workflow, a sentence each. */
export async function problemsOf(name: string, content: string): Promise<string[]> {
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter())
  if (value !== undefined) await convertWorkflowTemplate(context, value)
  return context.errors.getErrors().map(({ message }) => message)
}
