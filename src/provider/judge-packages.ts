import type { PackagesProblem } from '../../schemas/control/packages'
import { type ProviderPackages, ProviderPackagesSchema } from '../../schemas/provider-packages'
import { parsedJson } from '../pure/json'
import { violationsOf } from '../validation/check'

/** The packages of an answer's body, and what is wrong with it. */
export interface JudgedPackages {
  readonly packages: ProviderPackages['data']
  readonly problems: readonly PackagesProblem[]
}

/** Compares the body of an answer with the documented form (docs/contract.md: Packages endpoint). */
export function judgePackages(body: string): JudgedPackages {
  // Most clients ignore a byte order mark.
  const answer = parsedJson(body.replace(/^\ufeff/, ''))
  if (answer === undefined) return withProblem('', 'the answer is not JSON')
  const broken = violationsOf(ProviderPackagesSchema, answer, '').map(asProblem)
  if (broken.length > 0) return { packages: [], problems: broken }
  const { data } = answer as ProviderPackages
  if (data.length === 0) return withProblem('data', 'data is empty: a recruiter has nothing to choose from')
  return { packages: data, problems: repeatedIds(data) }
}

const withProblem = (path: string, message: string): JudgedPackages => ({ packages: [], problems: [{ path, message }] })

/** `/data/0/id must be string` as a problem with its place. */
function asProblem(sentence: string): PackagesProblem {
  const [path = ''] = sentence.replace(/^\//, '').split(' ', 1)
  const isPlace = path.includes('/') || path === 'data' || path === 'next'
  return isPlace
    ? { path, message: sentence.replace(/^\//, '') }
    : { path: '', message: `the answer ${sentence.trim()}` }
}

function repeatedIds(data: ProviderPackages['data']): PackagesProblem[] {
  const seen = new Map<string, number>()
  return data.flatMap(({ id }, i) => {
    const first = seen.get(id)
    seen.set(id, first ?? i)
    const path = `data/${String(i)}/id`
    return first === undefined ? [] : [{ path, message: `${path} repeats that of data/${String(first)}: ${id}` }]
  })
}
