import type { DepartmentKind } from './department'

export const data: DepartmentKind = {
  name: 'Data',
  code: 'DAT',
  interviewStages: ['Recruiter call', 'Skills assessment', 'Technical interview', 'Final conversation'],
  questions: [
    {
      name: 'Years with SQL',
      text: 'For how many years have you used SQL?',
      type: 'number',
      isRequired: true,
      answers: ['1', '2', '4', '7', '12'],
    },
  ],
  roles: [
    {
      title: 'Data analyst',
      description:
        'You answer the questions that our customer teams ask every Monday, and some that nobody has thought of. You will replace nine spreadsheets with one report that people trust.',
      tasks: [
        'Turn vague questions into exact ones',
        'Build reports that explain themselves',
        'Check numbers before they travel',
      ],
      skills: ['SQL', 'Statistics', 'Charts that do not mislead'],
      backgrounds: ['Reporting analyst', 'Controller', 'Statistician'],
      pay: [44, 58],
    },
    {
      title: 'Data engineer',
      description:
        'You bring data from forty sources to one place, on time and complete. When a source changes without warning, your pipelines notice before anybody else does.',
      tasks: ['Build and watch pipelines', 'Describe what each table means', 'Delete what we may not keep'],
      skills: ['Python and SQL', 'Data modelling', 'Care with personal data'],
      backgrounds: ['Database administrator', 'Software developer', 'Data warehouse developer'],
      pay: [58, 76],
    },
    {
      title: 'Machine learning engineer',
      description:
        'You forecast how busy next Saturday will be, and tell people how far to trust the forecast. A simple model that everyone understands beats a clever one here.',
      tasks: ['Train, compare and retire models', 'Watch them in production', 'Explain them to people who plan'],
      skills: ['Python', 'Sound evaluation', 'Software engineering basics'],
      backgrounds: ['Research scientist', 'Data scientist', 'Operations researcher'],
      pay: [64, 84],
    },
    {
      title: 'Data intern',
      description:
        'For six months you work beside our analysts, on a question of your own. You will present what you found to the whole company.',
      tasks: ['Clean a data set nobody dares to touch', 'Answer one real question', 'Write down how you did it'],
      skills: ['Some Python or R', 'Curiosity', 'Honesty about uncertainty'],
      backgrounds: ['Mathematics student', 'Geography student', 'Laboratory assistant'],
      pay: [22, 26],
      employment: 'intern',
    },
  ],
}
