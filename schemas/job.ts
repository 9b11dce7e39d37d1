import { Type } from '@sinclair/typebox'
import { HiringTeamMemberSchema } from './hiring-team-member'
import { Nullable, Passthrough, Text } from './nullable'

/** The job that the candidate applied for. */
export const JobSchema = Type.Object({
  id: Text('Identifier of the job', 'job_88'),
  remote_id: Text("The provider's identifier of the job", 'ats-job-12'),
  title: Text('Title of the job', 'Back-end engineer'),
  hiring_team: Nullable(Type.Array(HiringTeamMemberSchema, { description: 'Who hires for the job' })),
  passthrough: Passthrough,
})
