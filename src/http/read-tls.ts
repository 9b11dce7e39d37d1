import { readFileSync } from 'node:fs'
import { createSecureContext, type SecureContextOptions } from 'node:tls'
import type { SettingName } from '../settings'
import { fileProblem } from '../validation/file-problem'
import type { Tls, TlsFiles } from './tls'

/** Reads `files`. Throws a TypeError that names the setting when they cannot be used. */
export function readTls({ cert: certFile, key: keyFile }: TlsFiles, nameOf: (name: SettingName) => string): Tls {
  const [certName, keyName] = [nameOf('tlsCert'), nameOf('tlsKey')]
  const cert = read(certFile, `${certName} must be a certificate in PEM`)
  const key = read(keyFile, `${keyName} must be a private key in PEM without a passphrase`)
  requireUsable({ cert }, `${certName} must be a certificate in PEM, but ${certFile} is not`)
  requireUsable({ key }, `${keyName} must be a private key in PEM without a passphrase, but ${keyFile} is not`)
  requireUsable(
    { cert, key },
    `${keyName} must be the private key of the certificate, but ${keyFile} does not belong to ${certFile}`,
  )
  return { cert, key }
}

function read(file: string, must: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new TypeError(`${must}, but ${fileProblem(file, error as Error)}.`)
  }
}

function requireUsable(options: SecureContextOptions, refusal: string) {
  try {
    createSecureContext(options)
  } catch (error) {
    throw new TypeError(`${refusal} (${(error as { reason: string }).reason}).`)
  }
}
