'use strict'

/** The call with which all servers are measured. */
exports.ordersPath = '/unified/ats/assessments/orders'

exports.headers = {
  authorization: `Basic ${Buffer.from('sandbox:').toString('base64')}`,
  'x-account-id': 'acme',
  'content-type': 'application/json',
}
