import { type FormQuestion, generalQuestions } from './data/questions'
import type { Draw } from './draw'
import { itemAt } from './item-at'

/** Each job has this many numbers for its questions, and each question as many for its choices. */
const spacing = 10

/** The form for the `n`th job, as its postings show it. */
export function inventForm(draw: Draw, n: number, questions: readonly FormQuestion[]) {
  return {
    ...draw.ref('form', n),
    name: 'Application form',
    internal: false,
    questions: [...generalQuestions, ...questions].map((question, q) => {
      const number = n * spacing + q
      return {
        ...draw.ref('question', number),
        name: question.name,
        type: typeOf(question),
        text: question.text,
        required: question.isRequired,
        multiple_choice_answers: hasChoices(question) ? question.answers.map(choiceOf(draw, number)) : [],
        parent_question: parentOf(draw, n, question),
      }
    }),
  }
}

/** What the candidate of the application `key` answers in the form for the `n`th job. */
export function inventAnswers(draw: Draw, key: string, n: number, questions: readonly FormQuestion[]) {
  const asked = [...generalQuestions, ...questions]
  const chosen = asked.map((question, q) => {
    // Squared, so that the first answer, which is the usual one, prevails.
    const choice = Math.floor(draw.fraction(`${key}: answer ${String(q)}`) ** 2 * question.answers.length)
    return { choice, values: question.answers.slice(choice, choice + (question.type === 'multi_select' ? 2 : 1)) }
  })
  const isAsked = ({ after }: FormQuestion) => after === undefined || chosen[after.question]?.choice === after.choice
  return {
    ...draw.ref('form', n),
    answers: asked.flatMap((question, q) => {
      if (!isAsked(question)) return []
      const values = itemAt(chosen, q).values
      return [{ ...draw.ref('question', n * spacing + q), type: typeOf(question), values }]
    }),
  }
}

const hasChoices = ({ type }: FormQuestion) => type === 'single_select' || type === 'multi_select'

/** The type in unified terms, and as the ATS calls it: `multi_select` is its `MultiSelect`. */
const typeOf = ({ type }: FormQuestion) => ({
  value: type,
  source_value: type.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
})

const choiceOf = (draw: Draw, question: number) => (text: string, i: number) => ({
  ...draw.ref('choice', question * spacing + i),
  text,
})

function parentOf(draw: Draw, n: number, { after }: FormQuestion) {
  if (after === undefined) return null
  const parent = n * spacing + after.question
  const option = draw.ref('choice', parent * spacing + after.choice)
  return {
    ...draw.ref('question', parent),
    option_ids: [option.id],
    remote_option_ids: [option.remote_id],
    condition_type: { value: 'equals_to' as const, source_value: 'Equals' },
  }
}
