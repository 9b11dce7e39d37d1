import type { Calls } from './call'
import { accountCalls } from './calls/account-calls'
import { atsCalls } from './calls/ats-calls'
import { deliveryCalls } from './calls/delivery-calls'
import { orderCalls } from './calls/order-calls'
import { requestCalls } from './calls/request-calls'
import { settingCalls } from './calls/setting-calls'

/** The call behind each method of `Control`, in the order of the OpenAPI document. */
export const calls: Calls = {
  ...orderCalls,
  ...requestCalls,
  ...deliveryCalls,
  ...accountCalls,
  ...atsCalls,
  ...settingCalls,
}
