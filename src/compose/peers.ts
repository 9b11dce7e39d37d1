/** What a store in Redis needs beside this package, with the versions it works with (`peerDependencies`). */
export const peers: Readonly<Record<string, string>> = { bullmq: '^6.7.0', ioredis: '^6.0.0' }

/** Throws an Error with the command that installs what is missing. `name` is the user's name for the store. */
export function requirePeers(name: string, resolve: (id: string) => string = (id) => require.resolve(id)): void {
  const missing = Object.keys(peers).filter((peer) => !isInstalled(peer, resolve))
  if (missing.length === 0) return
  const wanted = missing.map((peer) => `"${peer}@${String(peers[peer])}"`).join(' ')
  throw new Error(`A store in Redis needs packages that are not installed: npm install ${wanted}, or change ${name}.`)
}

function isInstalled(peer: string, resolve: (id: string) => string): boolean {
  try {
    resolve(peer)
    return true
  } catch {
    return false
  }
}
