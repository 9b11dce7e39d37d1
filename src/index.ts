export type { CataloguePackage } from '../schemas/catalogue'
export { verifySignature } from './callbacks/signature'
export type { CallbackMethod, LogLevel, SandboxOptions } from './options'
export { type Sandbox, startSandbox } from './start-sandbox'
