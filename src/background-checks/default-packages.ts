import type { BackgroundCheckPackage } from '../../schemas/background-checks/package'
import { isoTime } from '../date-time'

/** A package of background checks on offer. */
export type CheckPackage = BackgroundCheckPackage & { id: string; remote_id: string; updated_at: string }

const tests = {
  identity: ['Identity', 'Compares an official document with a photograph'],
  right_to_work: ['Right to work', 'Confirms that the candidate may work in the country of the job'],
  address: ['Address history', 'Confirms the addresses of the last five years'],
  employment: ['Employment history', 'Confirms titles and dates with the last two employers'],
  education: ['Education', 'Confirms the highest degree with the school that awarded it'],
  references: ['References', 'Asks two people who have worked with the candidate'],
  criminal_record: ['Criminal record', 'Searches the public records of the country of residence'],
  credit: ['Credit', 'Looks for insolvencies and unpaid judgments'],
  sanctions: ['Sanctions and watch lists', 'Searches international lists of sanctioned people'],
  driving_record: ['Driving record', 'Confirms the licence, and any points on it'],
} as const

type Test = keyof typeof tests

const packages: readonly [id: string, name: string, description: string, tests: readonly Test[]][] = [
  ['check_basic', 'Basic check', 'Who the candidate is, and whether they may work', ['identity', 'right_to_work']],
  [
    'check_standard',
    'Standard check',
    'Identity, employment, education and references',
    ['identity', 'right_to_work', 'employment', 'education', 'references'],
  ],
  [
    'check_executive',
    'Executive check',
    'For posts with a seat on the board',
    ['identity', 'employment', 'education', 'references', 'credit', 'sanctions'],
  ],
  [
    'check_finance',
    'Financial services check',
    'For people who handle the money of others',
    ['identity', 'right_to_work', 'address', 'criminal_record', 'credit', 'sanctions'],
  ],
  [
    'check_driver',
    'Driver check',
    'For posts behind the wheel',
    ['identity', 'right_to_work', 'criminal_record', 'driving_record'],
  ],
  ['check_references', 'References only', 'Two references, nothing else', ['references']],
]

const first = Date.parse('2026-01-05T08:00:00.000Z')
const week = 7 * 24 * 60 * 60 * 1000

/** The packages that every account starts with. The ids never change. */
export const defaultPackages: readonly CheckPackage[] = packages.map(([id, name, description, included], i) => ({
  id,
  remote_id: `prov-check-${String(1 + i)}`,
  name,
  description,
  tests: included.map((test) => ({
    id: `test_${test}`,
    remote_id: `prov-test-${String(1 + Object.keys(tests).indexOf(test))}`,
    name: tests[test][0],
    description: tests[test][1],
  })),
  updated_at: isoTime(first + i * week),
}))
