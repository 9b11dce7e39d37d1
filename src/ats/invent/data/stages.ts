/** What every application passes through, in order. */
export const applicationStages = [
  'Applied',
  'Screen',
  'Assessment',
  'Interview',
  'Reference check',
  'Offer',
  'Hired',
] as const

/** The conversations and tests that a job may include, in order. */
export const interviewStages = [
  'Recruiter call',
  'Skills assessment',
  'Portfolio review',
  'Technical interview',
  'Interview with the hiring manager',
  'Meeting the team',
  'Final conversation',
] as const

export type ApplicationStageName = (typeof applicationStages)[number]
export type InterviewStageName = (typeof interviewStages)[number]
