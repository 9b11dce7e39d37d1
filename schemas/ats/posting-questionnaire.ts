import { Described, IdList, ListOf, Nullable, Text, UnifiedValue } from '../builders'
import { questionTypes } from './question-types'
import { identifiers } from './record'
import { YesOrNo } from './yes-or-no'

/** How the answer to the parent question is compared; a closed list. */
export const conditionTypes = ['equals_to', 'contains', 'unmapped_value'] as const

export const ParentQuestionSchema = Described('The question whose answer decides whether this one is asked', {
  ...identifiers('question', 'question_20', 'ats-question-20'),
  option_ids: IdList('Identifiers of the choices that lead to this question', 'choice_1'),
  remote_option_ids: IdList("The provider's identifiers of those choices", 'ats-choice-1'),
  condition_type: Nullable(UnifiedValue('condition', conditionTypes, 'equals_to', 'is')),
})

export const ChoiceSchema = Described('An answer to choose', {
  ...identifiers('choice', 'choice_1', 'ats-choice-1'),
  text: Text('The choice', 'Yes, with a permit'),
})

export const QuestionSchema = Described('A question', {
  ...identifiers('question', 'question_21', 'ats-question-21'),
  name: Text('Name of the question', 'work_permit'),
  type: Nullable(UnifiedValue('kind of question', questionTypes, 'single_select', 'Dropdown')),
  text: Text('The question', 'May you work in Sweden?'),
  required: YesOrNo('Whether it must be answered', true),
  multiple_choice_answers: ListOf(ChoiceSchema, 'The choices'),
  parent_question: Nullable(ParentQuestionSchema),
})

/** A questionnaire that a job posting asks candidates to fill in. */
export const PostingQuestionnaireSchema = Described('A questionnaire for candidates', {
  ...identifiers('questionnaire', 'quest_8', 'ats-quest-8'),
  name: Text('Name of the questionnaire', 'Before we talk'),
  internal: YesOrNo('Whether only employees see it', false),
  questions: ListOf(QuestionSchema, 'The questions'),
})
