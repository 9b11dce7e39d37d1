'use strict'

const { documentedAnswers } = require('./answers')
const { bookkeepingIsRight } = require('./bookkeeping')
const { thereWasEnough } = require('./enough')
const { ordersAreKept } = require('./orders')
const { resultsAreTold } = require('./results')
const { deliveriesKeepTheirOrder } = require('./sequence')

/**
 * What the sandbox promises, each with a function that finds the breaches in a history.
 *
 * @type {Record<string, (history: import('../history').EndedHistory) => string[]>}
 */
exports.promises = {
  'The run put the promises to the test': thereWasEnough,
  'Clients get only documented answers': documentedAnswers,
  'Answered orders are kept exactly once': ordersAreKept,
  'Answered results are sent, the current one last': resultsAreTold,
  'Deliveries to one endpoint stay in order': deliveriesKeepTheirOrder,
  'The list of deliveries matches what arrived': bookkeepingIsRight,
}
