'use strict'

/** The call that all servers are measured with. */
exports.ordersPath = '/unified/ats/assessments/orders'

exports.headers = {
  authorization: `Basic ${Buffer.from('sandbox:').toString('base64')}`,
  'x-account-id': 'acme',
  'content-type': 'application/json',
}
