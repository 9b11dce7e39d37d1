import t from 'tap'
import { defaultCatalogue } from '../../src/assessments/catalogue'
import { questionsFor } from '../../src/assessments/questions'

const kinds: Record<string, string[]> = {
  programming: [
    'pkg_typescript_basics',
    'pkg_typescript_backend',
    'pkg_javascript_frontend',
    'pkg_python_basics',
    'pkg_java_backend',
    'pkg_go_services',
  ],
  data: ['pkg_python_data', 'pkg_sql_queries', 'pkg_data_statistics', 'pkg_ml_foundations'],
  operations: ['pkg_devops_containers', 'pkg_cloud_security'],
  testing: ['pkg_qa_test_design'],
  product: ['pkg_product_sense', 'pkg_ux_research', 'pkg_ui_accessibility'],
  reasoning: [
    'pkg_numerical_reasoning',
    'pkg_verbal_reasoning',
    'pkg_logical_reasoning',
    'pkg_attention_to_detail',
    'pkg_nothing_known',
  ],
  language: ['pkg_english_b2', 'pkg_german_b1'],
  people: ['pkg_situational_judgement', 'pkg_customer_support', 'pkg_sales_discovery', 'pkg_leadership_feedback'],
  business: ['pkg_project_planning', 'pkg_marketing_content', 'pkg_finance_accounting', 'pkg_legal_privacy'],
}

/** The questions of each kind: those of its first package. */
const asked = Object.entries(kinds).map(([kind, [id]]) => ({ kind, questions: questionsFor({ id: id ?? null }) }))
const general = questionsFor(null)

const kindOf = (assessment: Parameters<typeof questionsFor>[0]) =>
  asked.find(({ questions }) => questions === questionsFor(assessment))?.kind

t.test('each package of the catalogue gets the questions of its kind, also by id or name alone', (t) => {
  t.equal(new Set(asked.map(({ questions }) => questions)).size, 9)
  for (const entry of defaultCatalogue) {
    const kind = Object.keys(kinds).find((name) => kinds[name]?.includes(entry.id))
    t.ok(kind, entry.id)
    t.equal(kindOf(entry), kind, entry.id)
    t.equal(kindOf({ id: entry.id }), kind, entry.id)
    t.equal(kindOf({ name: entry.name ?? null }), kind, entry.name ?? '')
  }
  t.end()
})

t.test('an order without a package, or with one of unknown kind, gets general questions', (t) => {
  for (const assessment of [
    null,
    undefined,
    {},
    { id: null, name: null, description: null },
    { id: '', name: '', description: '' },
    { id: 'pkg_1', name: 'Our test', description: 'What we always ask' },
    { remote_id: 'typescript' },
  ]) {
    t.equal(questionsFor(assessment), general, JSON.stringify(assessment))
  }
  t.equal(kindOf(null), 'reasoning')
  t.end()
})

t.test('a kind is recognised by whole words, in any case and with any separators', (t) => {
  t.equal(kindOf({ name: 'Go' }), 'programming')
  t.equal(kindOf({ id: 'own-GO-2' }), 'programming')
  t.equal(kindOf({ name: 'TYPESCRIPT' }), 'programming')
  t.equal(kindOf({ name: 'QA' }), 'testing')
  t.equal(kindOf({ name: 'Javanese, a good gong, and Go\u0308' }), 'reasoning')
  t.equal(kindOf({ id: 'own.machine_-_LEARNING!' }), 'data')
  t.equal(kindOf({ id: 'own_1', name: 'Second round', description: 'Accounting, and nothing else' }), 'business')
  t.end()
})

t.test('a package that matches several kinds gets questions about the job rather than the tool', (t) => {
  t.equal(kindOf({ name: 'Leadership for Java developers' }), 'people')
  t.equal(kindOf({ name: 'Customer support', description: 'Knowing where to go next' }), 'people')
  t.equal(kindOf({ name: 'TypeScript', description: 'Data structures and testing' }), 'programming')
  t.end()
})

t.test('a kind has three or four questions, each with three or four choices and one right answer', (t) => {
  const texts = asked.flatMap(({ questions }) => questions.map(({ text }) => text))
  t.equal(new Set(texts).size, texts.length, 'no question appears twice')
  for (const { kind, questions } of asked) {
    t.ok([3, 4].includes(questions.length), kind)
    t.ok(new Set(questions.map(({ right }) => right)).size > 1, `the position of the right choice varies in ${kind}`)
    for (const { text, choices, right } of questions) {
      t.ok([3, 4].includes(choices.length), text)
      t.equal(new Set(choices).size, choices.length, text)
      t.ok(choices[right], text)
    }
  }
  t.end()
})

t.test('a package name of a million unusual characters is matched like any other', (t) => {
  for (const part of [
    'a',
    ' ',
    '_',
    '_ ',
    'go',
    'test ',
    ' data',
    '\u0000',
    '\ud800',
    '\u0301',
    '\u202e',
    '😀',
    'İ',
    'ﬁ',
  ]) {
    const name = part.repeat(1_000_000 / part.length)
    t.equal(questionsFor({ name }), general, JSON.stringify(part))
    t.equal(kindOf({ name: `${name} german` }), 'language', JSON.stringify(part))
  }
  t.end()
})
