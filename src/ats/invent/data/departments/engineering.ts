import type { DepartmentKind } from './department'

export const engineering: DepartmentKind = {
  name: 'Engineering',
  code: 'ENG',
  interviewStages: ['Recruiter call', 'Skills assessment', 'Technical interview', 'Meeting the team'],
  questions: [
    {
      name: 'Languages',
      text: 'Which of these languages have you used at work?',
      type: 'multi_select',
      isRequired: true,
      answers: ['TypeScript', 'Java', 'Python', 'Go'],
    },
    {
      name: 'A defect',
      text: 'Tell us about a defect that taught you something.',
      type: 'long_text',
      isRequired: false,
      answers: [
        'Twice a year our reminders went out an hour late. I learnt to store instants, and to test with a clock I control.',
        'A cache that never expired. It took a week to find and one line to fix, so now I write the expiry first.',
        "Customers saw each other's invoices for eleven minutes. I wrote the report, and our tests now run as two customers.",
      ],
    },
  ],
  roles: [
    {
      title: 'Back-end engineer',
      description:
        'You look after the services that our customers never see and always rely on. You will split one that has grown too large, and keep it running while you do. Half of the team works remotely.',
      tasks: ['Design small services and their APIs', 'Review code kindly and thoroughly', 'Share a calm on-call rota'],
      skills: ['Experience with a typed language', 'A feel for data models', 'Plain, friendly writing'],
      backgrounds: ['Software developer', 'Back-end developer', 'Integration engineer'],
      pay: [58, 74],
    },
    {
      title: 'Front-end engineer',
      description:
        'You build the pages that people use on a tired phone, in a warm kitchen, with one hand. Speed and accessibility count for more with us than effects.',
      tasks: [
        'Turn sketches into accessible pages',
        'Keep our component library tidy',
        'Measure what slows a page down',
      ],
      skills: ['Semantic HTML and modern CSS', 'TypeScript', 'Patience with old browsers'],
      backgrounds: ['Web developer', 'Front-end developer', 'Design engineer'],
      pay: [54, 70],
    },
    {
      title: 'Site reliability engineer',
      description:
        'You make sure that a release on a Friday afternoon is boring. You will automate what we still do by hand, and decide with the teams how reliable is reliable enough.',
      tasks: ['Improve alerts until each one matters', 'Rehearse restoring backups', 'Lead reviews without blame'],
      skills: ['Linux and containers', 'Networks, from cables to certificates', 'Calm under pressure'],
      backgrounds: ['Systems administrator', 'Platform engineer', 'Network technician'],
      pay: [62, 80],
    },
    {
      title: 'Test engineer',
      description:
        'You find out how our product breaks before our customers do. You will pair with developers from the first sketch on, and automate what nobody should have to test twice.',
      tasks: [
        'Explore new features with the team',
        'Write tests that fail for one reason only',
        'Report defects that can be repeated',
      ],
      skills: ['Curiosity', 'Some programming', 'A good memory for odd cases'],
      backgrounds: ['Quality analyst', 'Test automation developer', 'Support engineer'],
      pay: [46, 60],
    },
  ],
}
