import type { DepartmentKind } from './department'

export const design: DepartmentKind = {
  name: 'Product and design',
  code: 'DES',
  interviewStages: ['Recruiter call', 'Portfolio review', 'Interview with the hiring manager', 'Meeting the team'],
  questions: [
    {
      name: 'A change of mind',
      text: 'When did users last change your mind?',
      type: 'long_text',
      isRequired: true,
      answers: [
        'I had drawn a dashboard. All five people I visited printed it, so we made one good page to print instead.',
        'We wanted to remove the fax number. A pharmacist showed me why it is the only thing that always works.',
        'Nobody understood my favourite icon. A word took its place, and the calls to support stopped.',
      ],
    },
  ],
  roles: [
    {
      title: 'Product designer',
      description:
        'You shape how people plan their week with our product, from the first interview to the last label. You work with two developers and a researcher who like to be involved early.',
      tasks: ['Sketch, test and throw away', 'Write the words on the buttons', 'Care for our design system'],
      skills: ['Interaction design', 'Clear writing', 'Accessible colour and type'],
      backgrounds: ['Interface designer', 'Graphic designer', 'Service designer'],
      pay: [50, 66],
    },
    {
      title: 'User researcher',
      description:
        'You visit the people who use our product and bring back what they really do. Your findings decide what we build next, and what we leave out.',
      tasks: ['Plan and lead interviews', 'Share findings in a page, not a deck', 'Teach the team to listen'],
      skills: ['Qualitative methods', 'Fair conclusions from small samples', 'Good questions'],
      backgrounds: ['Market researcher', 'Research assistant', 'Ethnographer'],
      pay: [48, 62],
    },
    {
      title: 'Product manager',
      description:
        'You decide with the team what to do first, and explain why the rest has to wait. You own scheduling, the part of the product that everybody opens every morning.',
      tasks: ['Write short, honest briefs', 'Talk to five customers a week', 'Say no early and kindly'],
      skills: ['Experience with a product in use', 'Numeracy', 'Ease with disagreement'],
      backgrounds: ['Business analyst', 'Project manager', 'Product owner'],
      pay: [60, 78],
    },
    {
      title: 'Technical writer',
      description:
        'You write the guides that people open when they are stuck, and make them leave again quickly. You will own our API reference and the words in the product.',
      tasks: ['Write and test every example', 'Retire pages that nobody needs', 'Edit what engineers write'],
      skills: ['Plain English', 'Reading code', 'An eye for gaps'],
      backgrounds: ['Copy editor', 'Documentation specialist', 'Science journalist'],
      pay: [42, 54],
      employment: 'part_time',
    },
  ],
}
