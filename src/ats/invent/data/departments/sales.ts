import type { DepartmentKind } from './department'

export const sales: DepartmentKind = {
  name: 'Sales and marketing',
  code: 'MKT',
  interviewStages: ['Recruiter call', 'Skills assessment', 'Interview with the hiring manager', 'Final conversation'],
  questions: [
    {
      name: 'Travel',
      text: 'How often would you like to travel?',
      type: 'single_select',
      isRequired: false,
      answers: ['Every week', 'Once a month', 'A few times a year', 'Not at all'],
    },
  ],
  roles: [
    {
      title: 'Account executive',
      description:
        'You talk to owners of small businesses and find out whether we can help them. If we cannot, you say so: half of our customers come by word of mouth.',
      tasks: ['Ask before you pitch', 'Give demonstrations that fit', 'Keep promises you make'],
      skills: ['Listening', 'Negotiating fairly', 'Tidy notes'],
      backgrounds: ['Sales representative', 'Travel agent', 'Wine merchant'],
      pay: [42, 60],
    },
    {
      title: 'Content marketer',
      description:
        'You tell the stories of people who use our product, in their own words. You write, edit, and decide what is not worth publishing.',
      tasks: ['Interview customers', 'Write two good pieces a month', 'Measure who reads to the end'],
      skills: ['Storytelling', 'Editing', 'Search basics'],
      backgrounds: ['Local reporter', 'Copywriter', 'Museum guide'],
      pay: [38, 50],
    },
    {
      title: 'Partnership manager',
      description:
        'You work with the trade associations and wholesalers that our customers trust. You will build a small programme for partners from scratch.',
      tasks: ['Find partners that fit', 'Agree on simple contracts', 'Organise a yearly meeting'],
      skills: ['Building trust', 'Project planning', 'A second language'],
      backgrounds: ['Key account manager', 'Cooperative manager', 'Trade fair organiser'],
      pay: [50, 66],
    },
    {
      title: 'Events coordinator',
      description:
        'You bring us to trade fairs, and our customers to each other. The contract covers the season, from March to November.',
      tasks: ['Plan eight events', 'Book rooms, trains and cake', 'Follow up within two days'],
      skills: ['Organisation', 'Budgets', 'Good humour when it rains'],
      backgrounds: ['Stage manager', 'Wedding planner', 'Festival volunteer'],
      pay: [32, 40],
      employment: 'temporary',
    },
  ],
}
