import {
  ApplicationMoveSchema,
  AtsListQuerySchema,
  AtsListSchema,
  AtsParamsSchema,
  AtsRecordParamsSchema,
  AtsRecordSchema,
} from '../../../schemas/control/ats'
import { AccountSchema } from '../../../schemas/control/builders'
import { IdParams } from '../../../schemas/queries'
import type { Calls } from '../call'

const account = AccountSchema

/** The ATS of an account. */
export const atsCalls = {
  listRecords: {
    route: ['GET', '/ats/:resource'],
    summary: 'List the records of an ATS',
    account,
    params: AtsParamsSchema,
    query: AtsListQuerySchema,
    response: { 200: AtsListSchema },
  },
  getRecord: {
    route: ['GET', '/ats/:resource/:id'],
    summary: 'Read a record of an ATS',
    account,
    params: AtsRecordParamsSchema,
    response: { 200: AtsRecordSchema },
  },
  addRecord: {
    route: ['POST', '/ats/:resource'],
    summary: 'Add a candidate, an application, a job or a job posting',
    account,
    params: AtsParamsSchema,
    body: AtsRecordSchema,
    response: { 201: AtsRecordSchema },
  },
  updateRecord: {
    route: ['PATCH', '/ats/:resource/:id'],
    summary: 'Change a candidate, an application, a job or a job posting',
    account,
    params: AtsRecordParamsSchema,
    body: AtsRecordSchema,
    response: { 200: AtsRecordSchema },
  },
  moveApplication: {
    route: ['POST', '/ats/applications/:id/move'],
    summary: 'Move an application to another stage',
    account,
    params: IdParams('Identifier of the application, or its remote id', 'app_1029'),
    body: ApplicationMoveSchema,
    response: { 200: AtsRecordSchema },
  },
} satisfies Partial<Calls>
