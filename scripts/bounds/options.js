'use strict'

const { Argument, Command, Option } = require('commander')

/**
 * @param {string[]} argv
 * @param {string[]} names
 * @returns {{ rows: string[], stores: ('memory' | 'redis')[] }}
 */
exports.boundsOptions = function (argv, names) {
  const command = new Command('bounds')
    .description('Measures how long a normal client waits while demanding inputs keep the sandbox busy.')
    .addArgument(new Argument('[rows...]', 'which inputs (default: all)').choices(names))
    .addOption(
      new Option('--store <store>', 'which store to use').choices(['memory', 'redis', 'both']).default('memory'),
    )
    .parse(argv)
  const { store } = command.opts()
  return {
    rows: command.args.length > 0 ? command.args : names,
    stores: store === 'both' ? ['memory', 'redis'] : [store],
  }
}
