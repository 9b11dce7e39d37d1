import type { DepartmentKind } from './department'

export const operations: DepartmentKind = {
  name: 'People and finance',
  code: 'OPS',
  interviewStages: ['Recruiter call', 'Skills assessment', 'Interview with the hiring manager', 'Final conversation'],
  questions: [
    {
      name: 'Hours',
      text: 'How many hours a week would you like to work?',
      type: 'number',
      isRequired: true,
      answers: ['24', '30', '32', '36', '40'],
    },
  ],
  roles: [
    {
      title: 'Accountant',
      description:
        'You close our books by the fifth of each month and explain them in a way that everybody follows. You will move us from paper receipts to none.',
      tasks: ['Prepare monthly accounts', 'Pay suppliers on time', 'Answer the auditors'],
      skills: ['Accounting standards', 'Accuracy', 'Discretion'],
      backgrounds: ['Bookkeeper', 'Audit assistant', 'Tax adviser'],
      pay: [42, 54],
    },
    {
      title: 'People partner',
      description:
        'You help sixty people work well together, from their first day to their farewell cake. You advise managers and tell them when they are wrong.',
      tasks: ['Advise managers and teams', 'Run fair pay reviews', 'Improve how we welcome people'],
      skills: ['Employment law basics', 'Mediation', 'Confidentiality'],
      backgrounds: ['HR generalist', 'Social worker', 'Career adviser'],
      pay: [46, 58],
    },
    {
      title: 'Privacy counsel',
      description:
        'You make sure that we keep no more than we need, and can say why we keep it. You answer requests from customers and review what we plan to build.',
      tasks: ['Review contracts and features', 'Answer requests for data', 'Train every new colleague'],
      skills: ['Data protection law', 'Plain language', 'Pragmatism'],
      backgrounds: ['Legal adviser', 'Compliance officer', 'Trainee lawyer'],
      pay: [60, 76],
      employment: 'part_time',
    },
    {
      title: 'Office coordinator',
      description:
        'You keep our office a place where people like to meet. You look after rooms, plants, deliveries and everyone who arrives for the first time.',
      tasks: ['Welcome guests and new colleagues', 'Order what runs out', 'Plan moves and small repairs'],
      skills: ['Friendliness', 'Organisation', 'Improvisation'],
      backgrounds: ['Receptionist', 'Library assistant', 'Caretaker'],
      pay: [28, 35],
      employment: 'part_time',
    },
  ],
}
