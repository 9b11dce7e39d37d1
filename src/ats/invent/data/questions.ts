/** A question of an application form. */
export interface FormQuestion {
  /** The question in a word or two. */
  readonly name: string
  readonly text: string
  readonly type: 'boolean' | 'long_text' | 'multi_select' | 'number' | 'short_text' | 'single_select'
  readonly isRequired: boolean
  /** What candidates answer; the choices, if the type has any. */
  readonly answers: readonly string[]
  /** Asked only after this choice in an earlier question; both count from 0. */
  readonly after?: { readonly question: number; readonly choice: number }
}

/** In every form, before the questions of the job. */
export const generalQuestions: readonly FormQuestion[] = [
  {
    name: 'Work permit',
    text: 'Are you allowed to work where this job is based?',
    type: 'single_select',
    isRequired: true,
    answers: ['Yes', 'No'],
  },
  {
    name: 'Support with a permit',
    text: 'What support would you need to get a work permit?',
    type: 'short_text',
    isRequired: false,
    answers: [
      'A letter from you, for my visa',
      'My permit has to be transferred',
      'Advice would help, I am new to this',
    ],
    after: { question: 0, choice: 1 },
  },
  {
    name: 'Notice period',
    text: 'How long is your notice period?',
    type: 'single_select',
    isRequired: true,
    answers: ['None', 'One month', 'Two months', 'Three months or more'],
  },
]
