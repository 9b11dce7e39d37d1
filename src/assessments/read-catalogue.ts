import { readFileSync } from 'node:fs'
import { type CataloguePackage, CatalogueSchema } from '../../schemas/catalogue'
import { buildValidator } from '../validation/compilers'
import { fileProblem } from '../validation/file-problem'
import { violations } from '../validation/violations'

/**
 * The packages of `given`: a list of them, or the path of a JSON file that holds one. Throws a TypeError that says what
 * is wrong with it, and calls it `name`.
 */
export function readCatalogue(given: string | readonly CataloguePackage[], name: string): readonly CataloguePackage[] {
  const packages = typeof given === 'string' ? parse(given, name) : given
  const validate = buildValidator({})({ schema: CatalogueSchema, httpPart: 'body' })
  if (!validate(packages)) throw new TypeError(`${violations(validate.errors as never, name).join('; ')}.`)
  const catalogue = packages as readonly CataloguePackage[]
  const ids = catalogue.map(({ id }) => id)
  const repeated = ids.find((id, i) => ids.indexOf(id) !== i)
  if (repeated !== undefined) throw new TypeError(`${name} must have ids of their own, but ${repeated} is there twice.`)
  return catalogue
}

function parse(file: string, name: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new TypeError(`${name} must be a JSON file, but ${fileProblem(file, error as Error)}.`)
  }
}
