import { departmentKinds } from './data/departments/all'
import { cities, remote } from './data/places'
import { rejectedReasons } from './data/rejected-reasons'
import { applicationStages, interviewStages } from './data/stages'
import type { Draw } from './draw'
import type { Person } from './people'
import type { Timeline } from './timeline'

/** What is set up once in an ATS, before the first job. */
export type Organisation = ReturnType<typeof inventOrganisation>

export type Location = Organisation['locations'][number]

export function inventOrganisation(draw: Draw, iso: Timeline, staff: readonly Person[]) {
  // Set up a year before `since`; the last change differs from account to account.
  const stageTimes = (name: string) => ({ created_at: iso(364), updated_at: iso(draw.between(name, 200, 364)) })
  return {
    users: staff.map(({ firstName, lastName, email, phone }, i) => ({
      ...draw.ref('user', i),
      email,
      first_name: firstName,
      last_name: lastName,
      name: `${firstName} ${lastName}`,
      // Not everybody has a phone at work.
      phone: i % 4 === 3 ? null : phone,
    })),
    departments: departmentKinds.map(({ name }, i) => ({ ...draw.ref('dept', i), name })),
    locations: [...draw.shuffle('cities', cities).slice(0, 4), remote].map(({ name }, i) => ({
      ...draw.ref('loc', i),
      name,
    })),
    applicationStages: applicationStages.map((name, i) => ({
      ...draw.ref('stage', i),
      name,
      order: i + 1,
      ...stageTimes(name),
    })),
    interviewStages: interviewStages.map((name, i) => ({
      ...draw.ref('interview', i),
      name,
      order: i + 1,
      ...stageTimes(name),
    })),
    rejectedReasons: rejectedReasons.map(({ label, type, sourceValue }, i) => ({
      ...draw.ref('reason', i),
      label,
      type,
      rejected_reason_type: { value: type, source_value: sourceValue },
    })),
  }
}
