import { createInterface } from 'node:readline/promises'

/** What somebody said; `nobody` if nobody can be asked. */
type Agreement = 'yes' | 'no' | 'nobody'

/** Asks at a terminal. The end of the input is a no. */
export async function agreementTo(
  question: string,
  input: NodeJS.ReadableStream & { isTTY?: boolean },
  output: NodeJS.WritableStream,
): Promise<Agreement> {
  if (!input.isTTY) return 'nobody'
  output.write(`${question} [y/N] `)
  for await (const line of createInterface({ input })) return /^y(es)?$/i.test(line.trim()) ? 'yes' : 'no'
  return 'no'
}
