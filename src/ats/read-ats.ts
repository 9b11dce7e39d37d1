import { readFileSync } from 'node:fs'
import { isObject } from '../pure/json'
import { violationsOf } from '../validation/check'
import { fileProblem } from '../validation/file-problem'
import { nearestName } from '../validation/nearest-name'
import { unknownNames } from '../validation/suspicions'
import { withoutMark } from '../validation/utf8'
import { firstOf, referencesIn } from './references'
import { type AtsRecords, resourceNames, resourceOf } from './resources'

/**
 * The ATS of `given`: lists of records by resource, or the path of a JSON file with them. Resources that are missing are
 * empty. Throws a TypeError that says what is wrong, and calls the setting `name`.
 */
export function readAts(given: string | object, name: string): AtsRecords {
  const found: unknown = typeof given === 'string' ? parse(given, name) : JSON.parse(JSON.stringify(given))
  if (!isObject(found))
    throw new TypeError(`${name} must be an object with lists of records: ${resourceNames.join(', ')}.`)
  const unknown = Object.keys(found).find((each) => !(resourceNames as string[]).includes(each))
  if (unknown !== undefined)
    throw new TypeError(`${name} has ${unknown}, which is not one of ${resourceNames.join(', ')}.`)
  const records = Object.fromEntries(resourceNames.map((each) => [each, found[each] ?? []])) as unknown as AtsRecords
  const problems = [...shapeProblems(records, name)]
  if (problems.length === 0) problems.push(...idProblems(records, name), ...danglingReferences(records, name))
  if (problems.length === 0) return records
  throw new TypeError(`${firstOf(problems, (problem) => problem).join('; ')}.`)
}

function* shapeProblems(records: AtsRecords, name: string): Generator<string> {
  for (const each of resourceNames) {
    const list: unknown = records[each]
    const { schema } = resourceOf(each)
    const unknown = unknownNames(schema, 'body')
    if (!Array.isArray(list)) yield `${name}/${each} must be a list`
    else
      for (const [i, record] of list.entries()) {
        const place = `${name}/${each}/${String(i)}`
        const broken = violationsOf(schema, record, place)
        yield* broken
        if (broken.length === 0) yield* unknown(record).list.map(({ message }) => message.replace('body', place))
        if (!isObject(record) || typeof record['id'] !== 'string' || record['id'] === '')
          yield `${place} must have an id`
      }
  }
}

function* idProblems(records: AtsRecords, name: string): Generator<string> {
  for (const each of resourceNames) {
    const seen = new Set<string>()
    for (const { id } of records[each]) {
      if (seen.has(id)) yield `${name}/${each} has the id ${id} twice`
      seen.add(id)
    }
  }
}

/** A sentence for each id that leads to no record. */
function* danglingReferences(records: AtsRecords, name: string): Generator<string> {
  const known = Object.fromEntries(
    resourceNames.map((each) => [each, new Set(records[each].flatMap(({ id, remote_id }) => [id, remote_id]))]),
  ) as unknown as Record<string, Set<unknown>>
  for (const each of resourceNames)
    for (const [i, record] of records[each].entries())
      for (const { path, id, to } of referencesIn(each, record)) {
        if (known[to]?.has(id)) continue
        const nearest = nearestName(
          id,
          records[to].map((one) => one.id),
        )
        const advice = nearest === null ? '' : `; the nearest there is ${nearest.name}`
        yield `${name}/${each}/${String(i)}/${path} is ${id}, which is not in ${to}${advice}`
      }
}

function parse(file: string, name: string): unknown {
  try {
    return JSON.parse(Buffer.from(withoutMark(readFileSync(file))).toString())
  } catch (error) {
    throw new TypeError(`${name} must be a JSON file, but ${fileProblem(file, error as Error)}.`)
  }
}
