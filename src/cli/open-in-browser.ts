import { spawn } from 'node:child_process'

/** The command that opens an address, which follows, in the browser of the user. */
export function opener(platform: NodeJS.Platform, { BROWSER = '' }: NodeJS.ProcessEnv): [string, ...string[]] {
  // The first argument in quotes would be the title of a window.
  if (platform === 'win32') return ['cmd', '/c', 'start', '""']
  if (BROWSER !== '') return [BROWSER]
  return [platform === 'darwin' ? 'open' : 'xdg-open']
}

/** Opens `url` in the browser of the user, without waiting for it. Calls `onFailure` with the reason when that fails. */
export function openInBrowser(url: string, onFailure: (why: string) => void): void {
  const [command, ...args] = opener(process.platform, process.env)
  // Detached: Ctrl-C is for the sandbox.
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true, windowsHide: true })
  child.once('error', ({ message }) => {
    onFailure(message)
  })
  child.once('exit', (code) => {
    if (code !== 0) onFailure(`${command} failed`)
  })
  child.unref()
}
