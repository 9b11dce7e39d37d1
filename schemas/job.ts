import { Described, Id, ListOf, Passthrough, Text } from './builders'
import { HiringTeamMemberSchema } from './hiring-team-member'

/** The job that the candidate applied for. */
export const JobSchema = Described('The job that the candidate applied for', {
  id: Id('Identifier of the job', 'job_88'),
  remote_id: Id("The provider's identifier of the job", 'ats-job-12'),
  title: Text('Title of the job', 'Back-end engineer'),
  hiring_team: ListOf(HiringTeamMemberSchema, 'The people who hire for the job'),
  passthrough: Passthrough,
})
