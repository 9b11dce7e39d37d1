import { readFileSync } from 'node:fs'
import { type CataloguePackage, CatalogueSchema } from '../../schemas/catalogue'
import { isoTime } from '../date-time'
import { buildValidator } from '../validation/compilers'
import { fileProblem } from '../validation/file-problem'
import { withoutMark } from '../validation/utf8'
import { violations } from '../validation/violations'

const entries: readonly [id: string, name: string, description: string][] = [
  ['pkg_typescript_basics', 'TypeScript basics', 'Types, narrowing and generics, in thirty minutes'],
  ['pkg_typescript_backend', 'TypeScript for back-end engineers', 'Asynchronous code, HTTP and streams on Node.js'],
  ['pkg_javascript_frontend', 'JavaScript for front-end engineers', 'Events, rendering and accessible forms'],
  ['pkg_python_basics', 'Python basics', 'Collections, functions and reading a traceback'],
  ['pkg_python_data', 'Python for data work', 'Cleaning, joining and summarising tables'],
  ['pkg_java_backend', 'Java for back-end engineers', 'Concurrency, collections and testing'],
  ['pkg_go_services', 'Go services', 'Goroutines, contexts and small interfaces'],
  ['pkg_sql_queries', 'SQL queries', 'Joins, grouping and spotting a slow query'],
  ['pkg_devops_containers', 'Containers and deployment', 'Images, health checks and rolling back'],
  ['pkg_cloud_security', 'Cloud security', 'Least privilege, secrets and an incident to sort out'],
  ['pkg_qa_test_design', 'Test design', 'Boundaries, equivalence and reporting a defect well'],
  ['pkg_data_statistics', 'Statistics for analysts', 'Distributions, samples and misleading charts'],
  ['pkg_ml_foundations', 'Machine learning foundations', 'Splits, leakage and choosing a measure'],
  ['pkg_product_sense', 'Product sense', 'Framing a problem and choosing what not to build'],
  ['pkg_project_planning', 'Project planning', 'Dependencies, risk and saying no in time'],
  ['pkg_ux_research', 'User research', 'Interview questions and drawing fair conclusions'],
  ['pkg_ui_accessibility', 'Accessible interfaces', 'Contrast, focus order and names that are read aloud'],
  ['pkg_numerical_reasoning', 'Numerical reasoning', 'Percentages, ratios and charts, without a calculator'],
  ['pkg_verbal_reasoning', 'Verbal reasoning', 'What a text says, and what it only suggests'],
  ['pkg_logical_reasoning', 'Logical reasoning', 'Rules, sequences and what follows from them'],
  ['pkg_attention_to_detail', 'Attention to detail', 'Finding the line that differs'],
  ['pkg_situational_judgement', 'Situational judgement', 'What to do first when everything happens at once'],
  ['pkg_english_b2', 'English, level B2', 'Reading and grammar at an upper intermediate level'],
  ['pkg_german_b1', 'German, level B1', 'Reading and grammar at an intermediate level'],
  ['pkg_customer_support', 'Customer support', 'Tone, triage and knowing when to hand over'],
  ['pkg_sales_discovery', 'Sales discovery', 'Asking before pitching'],
  ['pkg_marketing_content', 'Content marketing', 'A brief, a headline and a measure of success'],
  ['pkg_finance_accounting', 'Accounting principles', 'Accruals, a balance sheet and three mistakes'],
  ['pkg_legal_privacy', 'Privacy for practitioners', 'Lawful bases, retention and a request to answer'],
  ['pkg_leadership_feedback', 'Giving feedback', 'Being specific, kind and in time'],
]

const day = 24 * 60 * 60 * 1000
const first = Date.parse('2026-01-05T08:00:00.000Z')

/** The packages on offer unless the user brings a catalogue. The ids never change. */
export const defaultCatalogue: readonly CataloguePackage[] = entries.map(([id, name, description], i) => ({
  id,
  remote_id: `prov-${String(101 + i)}`,
  name,
  description,
  updated_at: isoTime(first + i * day),
}))

/**
 * The packages of `given`: a list, or the path of a JSON file with one. Throws a TypeError that says what is wrong, and
 * calls the setting `name`.
 */
export function readCatalogue(given: string | readonly CataloguePackage[], name: string): readonly CataloguePackage[] {
  const packages = typeof given === 'string' ? parse(given, name) : given
  const validate = buildValidator({})({ schema: CatalogueSchema, httpPart: 'body' })
  if (!validate(packages)) throw new TypeError(`${violations(validate.errors as never, name).join('; ')}.`)
  const catalogue = packages as readonly CataloguePackage[]
  const ids = catalogue.map(({ id }) => id)
  const repeated = ids.find((id, i) => ids.indexOf(id) !== i)
  if (repeated !== undefined) throw new TypeError(`${name} must have unique ids, but ${repeated} occurs twice.`)
  return catalogue
}

function parse(file: string, name: string): unknown {
  try {
    return JSON.parse(Buffer.from(withoutMark(readFileSync(file))).toString())
  } catch (error) {
    throw new TypeError(`${name} must be a JSON file, but ${fileProblem(file, error as Error)}.`)
  }
}
