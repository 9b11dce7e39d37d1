'use strict'

const { documentedAnswers } = require('./answers')
const { bookkeepingIsRight } = require('./bookkeeping')
const { thereWasEnough } = require('./enough')
const { ordersAreKept } = require('./orders')
const { resultsAreTold } = require('./results')
const { deliveriesKeepTheirOrder } = require('./sequence')

/**
 * What the sandbox promises, each with what finds the breaches in a history.
 *
 * @type {Record<string, (history: import('../history').EndedHistory) => string[]>}
 */
exports.promises = {
  'There was something to hold the rest to': thereWasEnough,
  'Clients see documented answers alone': documentedAnswers,
  'Orders that were answered are kept, once': ordersAreKept,
  'What was answered is told, and last what is kept': resultsAreTold,
  'Deliveries to one endpoint keep their order': deliveriesKeepTheirOrder,
  'The list of deliveries is what was seen': bookkeepingIsRight,
}
