export type { CataloguePackage } from '../schemas/catalogue'
export type { LogLevel, SandboxOptions } from './options'
export { type Sandbox, startSandbox } from './start-sandbox'
