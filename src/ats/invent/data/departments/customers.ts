import type { DepartmentKind } from './department'

export const customers: DepartmentKind = {
  name: 'Customer care',
  code: 'CUS',
  interviewStages: ['Recruiter call', 'Skills assessment', 'Interview with the hiring manager'],
  questions: [
    {
      name: 'Weekends',
      text: 'Can you work one weekend a month?',
      type: 'boolean',
      isRequired: true,
      answers: ['true', 'false'],
    },
    {
      name: 'A difficult day',
      text: 'What do you do after a difficult conversation?',
      type: 'short_text',
      isRequired: false,
      answers: ['I take a walk round the block', 'I write down what I could have asked', 'Tea, then the next call'],
    },
  ],
  roles: [
    {
      title: 'Customer support specialist',
      description:
        'You help people who write to us at six in the morning because an order is missing. You solve what you can, and tell the product team about what nobody should have to ask twice.',
      tasks: ['Answer by e-mail, chat and phone', 'Improve our help pages', 'Spot patterns and raise them'],
      skills: ['Warm, clear writing', 'Patience', 'A second language helps'],
      backgrounds: ['Hotel receptionist', 'Call centre agent', 'Bookseller'],
      pay: [30, 38],
    },
    {
      title: 'Onboarding coach',
      description:
        'You are the first person that new customers meet. You move their data, train their teams and stay in touch until everything feels ordinary.',
      tasks: ['Lead friendly training sessions', 'Import lists that are never clean', 'Hand over with good notes'],
      skills: ['Teaching', 'Spreadsheets', 'Planning your own week'],
      backgrounds: ['Primary school teacher', 'Software trainer', 'Event organiser'],
      pay: [36, 46],
    },
    {
      title: 'Support engineer',
      description:
        'You take over where a question becomes a puzzle. You read logs, reproduce what went wrong, and work with the developers until it is fixed.',
      tasks: ['Reproduce and describe defects', 'Write small tools for the team', 'Keep customers informed'],
      skills: ['HTTP, JSON and SQL basics', 'Systematic work', 'Clear writing'],
      backgrounds: ['IT technician', 'Junior developer', 'Electrician'],
      pay: [40, 52],
    },
    {
      title: 'Customer care lead',
      description:
        'You look after a team of nine in three countries. You make room for them to do good work, and you still answer a few questions a day yourself.',
      tasks: ['Coach and plan the team', 'Set goals that help customers', 'Speak up for customers inside'],
      skills: ['Experience in leading people', 'Giving feedback', 'Fair schedules'],
      backgrounds: ['Team leader', 'Restaurant manager', 'Head nurse'],
      pay: [48, 60],
    },
  ],
}
