/** How applications arrive; the most frequent ones several times. */
export const sources: readonly string[] = [
  'Careers page',
  'Careers page',
  'Careers page',
  'Job board',
  'Job board',
  'Employee referral',
  'Employee referral',
  'University fair',
  'Recruiter outreach',
  'Newsletter',
]

/** Labels that recruiters give to candidates. */
export const tags: readonly string[] = [
  'Met at a local meet-up',
  'Open to relocation',
  'Former intern',
  'Second in an earlier round',
  'Career changer',
  'Volunteers as a mentor',
  'Prefers four days a week',
  'Speaks three languages',
]
