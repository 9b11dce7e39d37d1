import type { Server } from 'node:http'

/** The names of the files with a certificate and its private key. */
export interface TlsFiles {
  cert: string
  key: string
}

/** A certificate and its private key, in PEM. */
export interface Tls {
  cert: Buffer
  key: Buffer
}

/** Whether `server` serves HTTPS. */
export const isSecure = (server: Server): boolean => 'setSecureContext' in server
