import { linkTo } from '../../route'

/** A link to a job or an application that keeps the filter of the list. */
export const atsLink = (level: 'jobs' | 'applications', id: string): string => linkTo('ats', level, id)

/** Likewise, with the whole list beside it. */
export const freshLink = (of: string, level: 'jobs' | 'applications', id: string): string =>
  `#/ats/${level}/${encodeURIComponent(id)}?${new URLSearchParams({ account: of }).toString()}`
