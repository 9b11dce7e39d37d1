/** What `dist/judge.js` holds: the exports of `stackone-assessments-sandbox/judge`, and the commands. */

export * from './judge/index'
export { addJudgeCommands } from './cli/judge-commands'
