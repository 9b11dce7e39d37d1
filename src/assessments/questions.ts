import type { OrderRequest } from '../../schemas/order'

/** A question of an assessment. */
export interface Question {
  text: string
  choices: readonly string[]
  /** Index of the right choice. */
  right: number
}

/** The questions for packages of one kind. */
interface Kind {
  /** Words and phrases that identify the kind: in lower case, with single spaces. */
  words: readonly string[]
  questions: readonly Question[]
}

/** Also used when no kind matches. */
const reasoning: Kind = {
  words: ['reasoning', 'numeracy', 'aptitude', 'attention to detail'],
  questions: [
    { text: 'A price of 80 rises by 25 percent. What is it now?', choices: ['85', '100', '105', '120'], right: 1 },
    {
      text: 'Every clerk has a key. The person at the door has no key. What follows?',
      choices: ['The person at the door is a clerk', 'Only clerks have keys', 'The person at the door is not a clerk'],
      right: 2,
    },
    {
      text: '"Some of the parcels arrived late." What does this say for certain?',
      choices: ['At least one parcel was late', 'Every parcel was late', 'Most parcels were on time'],
      right: 0,
    },
    {
      text: 'Which of these is the same as KT-4817-D?',
      choices: ['KT-4871-D', 'TK-4817-D', 'KT-4817-F', 'KT-4817-D'],
      right: 3,
    },
  ],
}

// The first match wins. The subject of a job comes before the tools it uses, and programming comes late because "go" is
// an everyday word too.
const kinds: readonly Kind[] = [
  reasoning,
  {
    words: ['customer support', 'customer service', 'sales', 'situational', 'leadership', 'giving feedback'],
    questions: [
      {
        text: 'A customer is angry about a late delivery. What does a good answer begin with?',
        choices: ['An offer of another product', 'A request to be more polite', 'An apology and what happens next'],
        right: 2,
      },
      {
        text: 'Which of these is an open question?',
        choices: ['What slows your work down?', 'Do you have a budget?', 'Is Tuesday good for you?'],
        right: 0,
      },
      {
        text: 'Two tasks are due today, and there is time for one. What is best?',
        choices: ['Do neither', 'Ask early which one matters more', 'Do the easier one and tell nobody'],
        right: 1,
      },
      {
        text: 'Which feedback is the most specific?',
        choices: ['Good work', 'This could be better', 'Others do this well', 'Page two of your report lacks dates'],
        right: 3,
      },
    ],
  },
  {
    words: ['finance', 'accounting', 'marketing', 'legal', 'privacy', 'gdpr', 'project planning', 'project management'],
    questions: [
      { text: 'A company owns 500 and owes 200. What is its equity?', choices: ['200', '300', '500', '700'], right: 1 },
      {
        text: 'Task B can only start when task A is done. A takes three days, and B takes two. How long do both take?',
        choices: ['Two days', 'Three days', 'Four days', 'Five days'],
        right: 3,
      },
      {
        text: 'A newsletter is sent by e-mail. What should its form ask for, to collect no more than it needs?',
        choices: ['An e-mail address', 'An e-mail address and a birthday', 'An e-mail address and an income'],
        right: 0,
      },
      {
        text: 'An advertisement is seen by 200 people, and 10 of them buy. What share is that?',
        choices: ['2 percent', '10 percent', '5 percent', '20 percent'],
        right: 2,
      },
    ],
  },
  {
    words: ['english', 'german', 'french', 'spanish', 'grammar', 'vocabulary'],
    questions: [
      {
        text: '"The shop opens at nine, but on Sundays at eleven." When does it open on a Sunday?',
        choices: ['At nine', 'At ten', 'At eleven'],
        right: 2,
      },
      {
        text: '"Although it was raining, they walked home." What happened?',
        choices: ['They stayed because of the rain', 'They walked home in the rain', 'The rain stopped them'],
        right: 1,
      },
      {
        text: '"The teacher reads a letter." Which word is the verb?',
        choices: ['reads', 'teacher', 'letter'],
        right: 0,
      },
    ],
  },
  {
    // Not just "data": "data structures" belong to programming, and "personal data" to law.
    words: ['sql', 'statistics', 'analytics', 'ml', 'machine learning', 'python data', 'data work', 'data science'],
    questions: [
      { text: 'What is the mean of 2, 4 and 9?', choices: ['4', '5', '7', '15'], right: 1 },
      {
        text: 'Nine people earn about the same. One who earns a hundred times as much joins. Which figure rises the most?',
        choices: ['The mean', 'The median', 'The lowest income'],
        right: 0,
      },
      {
        text: 'Orders are joined to customers, and only what matches is kept. What happens to an order without a customer?',
        choices: ['It is kept once', 'It is kept once for each customer', 'It is left out'],
        right: 2,
      },
      {
        text: 'Why is a model tested with data that it was not trained with?',
        choices: [
          'To train it faster',
          'To see how well it handles data that is new to it',
          'To have more data to train with',
        ],
        right: 1,
      },
    ],
  },
  {
    words: ['devops', 'containers', 'deployment', 'docker', 'kubernetes', 'cloud', 'security', 'infrastructure'],
    questions: [
      {
        text: 'A service only has to read one folder. What may it do, by the principle of least privilege?',
        choices: ['Read every folder', 'Read that folder', 'Read and change that folder', 'All that its owner may'],
        right: 1,
      },
      {
        text: 'Where does the password of a database belong?',
        choices: ['In the source code', 'In the chat of the team', 'In a store for secrets'],
        right: 2,
      },
      {
        text: 'Since a release, every request fails. What is the usual first step?',
        choices: ['Roll it back', 'Turn off the alerts', 'Wait for the next release'],
        right: 0,
      },
    ],
  },
  {
    words: ['product', 'ux', 'ui design', 'user research', 'usability', 'accessibility', 'accessible interfaces'],
    questions: [
      {
        text: 'Which interview question suggests no answer?',
        choices: ['Is the new page not better?', 'How much do you love it?', 'What did you do after signing in?'],
        right: 2,
      },
      {
        text: 'Only friends of the team were asked, and all like the idea. What can be said of other users?',
        choices: ['They like it too', 'Nothing yet', 'They do not like it'],
        right: 1,
      },
      {
        text: 'A picture shows how to do a step. What does somebody who has the page read aloud need?',
        choices: ['A text that says the same', 'A larger picture', 'A picture in more colours'],
        right: 0,
      },
    ],
  },
  {
    words: ['programming', 'typescript', 'javascript', 'python', 'java', 'go', 'golang', 'rust', 'backend', 'frontend'],
    questions: [
      {
        text: 'The items of a list are numbered from 0. What is the number of the third item?',
        choices: ['1', '2', '3', '4'],
        right: 1,
      },
      { text: 'What is the value of (7 > 3) and not (2 > 5)?', choices: ['true', 'false', 'an error'], right: 0 },
      {
        text: 'A total starts at 0, and a loop adds 1, 2, 3 and 4 to it. What is it in the end?',
        choices: ['4', '9', '24', '10'],
        right: 3,
      },
      {
        text: 'A function always returns the same value for the same input, and changes nothing. What is it called?',
        choices: ['Recursive', 'Asynchronous', 'Pure'],
        right: 2,
      },
    ],
  },
  {
    // Not just "test", since any package may be called that.
    words: ['qa', 'testing', 'tester', 'testers', 'test design', 'test automation', 'quality assurance'],
    questions: [
      {
        text: 'A field takes whole numbers from 1 to 100. Which two are just outside of its limits?',
        choices: ['1 and 100', '2 and 99', '0 and 101', '50 and 51'],
        right: 2,
      },
      {
        text: 'What helps most to get a defect fixed?',
        choices: [
          'Steps that make it happen again',
          'The name of the person who caused it',
          'A title in capital letters',
        ],
        right: 0,
      },
      {
        text: 'A test passes on some runs and fails on others, though nothing was changed. What is it called?',
        choices: ['A boundary test', 'A flaky test', 'A smoke test'],
        right: 1,
      },
    ],
  },
]

/**
 * The questions for `assessment`: those of the first kind with a word in its id, name or description. Without a match,
 * or a package, the questions are general.
 */
export function questionsFor(assessment: OrderRequest['package']): readonly Question[] {
  const { id, name, description } = assessment ?? {}
  // With a space on either side of each word, a plain search finds whole words only, and stays quick on long text.
  const named = [id, name, description].join(' ').toLowerCase()
  const text = ` ${named.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')} `
  const kind = kinds.find(({ words }) => words.some((word) => text.includes(` ${word} `)))
  return (kind ?? reasoning).questions
}
