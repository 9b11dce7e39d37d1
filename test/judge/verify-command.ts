// The command alone, for tests: `verify …` in a process of its own.

import { Command } from 'commander'
import { addVerify } from '../../src/cli/verify'

const program = new Command('assessments-sandbox')
addVerify(program)
void program.parseAsync()
