import { createHash } from 'node:crypto'
import { stat, unlink } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'

/**
 * Reserves `file`, a resolved path, for one sandbox of this machine. Resolves with a function that releases it, or with
 * null if another sandbox has it. The reservation ends with the process, however that ends: on Linux and Windows, its
 * address does; elsewhere, a socket that nobody answers at does not count.
 */
export async function lock(file: string, platform: string = process.platform): Promise<(() => void) | null> {
  const address = await addressOf(file, platform)
  // Elsewhere a socket is a file, and stays when its process is killed.
  if (isFile(address) && !(await answers(address))) await unlink(address).catch(() => undefined)
  const server = await listening(address)
  return server === null ? null : () => server.close()
}

/** Where the holder of `file` listens. Compactions replace the file, so its folder and its name identify it. */
export async function addressOf(file: string, platform: string): Promise<string> {
  const { dev, ino } = await stat(dirname(file))
  const id = createHash('sha256')
    .update(`${String(dev)} ${String(ino)} ${basename(file)}`)
    .digest('hex')
    .slice(0, 32)
  const name = `assessments-sandbox-${id}`
  if (platform === 'linux') return `\0${name}`
  return platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), name)
}

const isFile = (address: string) => !address.startsWith('\0') && !address.startsWith('\\')

const answers = (address: string) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(address)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => {
      resolve(false)
    })
  })

/** Null if something listens there already. */
const listening = (address: string) =>
  new Promise<Server | null>((resolve, reject) => {
    const server = createServer((socket) => socket.destroy()).unref()
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(null)
      else reject(error)
    })
    // In a worker of a cluster, the address would be shared.
    server.listen({ path: address, exclusive: true }, () => {
      resolve(server)
    })
  })
