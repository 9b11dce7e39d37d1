import { Described, ListOf, Nullable, TextList, UnifiedValue } from '../builders'
import { questionTypes } from './question-types'
import { identifiers } from './record'

export const AnswerSchema = Described('An answer of the candidate', {
  ...identifiers('answer', 'answer_52', 'ats-answer-52'),
  type: Nullable(UnifiedValue('kind of answer', questionTypes, 'short_text', 'Single line')),
  values: TextList('What the candidate answered', 'From the first of January'),
})

/** A questionnaire that a candidate filled in. */
export const QuestionnaireSchema = Described('A questionnaire that the candidate filled in', {
  ...identifiers('questionnaire', 'quest_8', 'ats-quest-8'),
  answers: ListOf(AnswerSchema, 'The answers'),
})
