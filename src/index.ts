export type { CataloguePackage } from '../schemas/catalogue'
export type { LogLevel, SandboxOptions } from './config'
export { type Sandbox, startSandbox } from './start-sandbox'
