import type { ComponentType, VNode } from 'preact'
import type { React } from './react'

// What this page uses of Swagger UI. It has no types of its own.

/** A map or list of Immutable.js. */
export interface Immutable {
  get: (key: string) => unknown
  toJS: () => unknown
}

export type SwaggerComponent = ComponentType<Record<string, unknown>>
export type GetComponent = (name: string, isConnected?: boolean) => SwaggerComponent

export interface SpecSelectors {
  specJson: () => Immutable
  /** As it was sent. */
  mutatedRequestFor: (path: string, method: string) => Immutable | undefined
}

/** Handed to every connected component. */
export interface SystemProps {
  getComponent: GetComponent
  getConfigs: () => object
  specSelectors: SpecSelectors
}

export interface System {
  React: React
  Im: { List: (items: readonly string[]) => unknown; fromJS: (value: object) => unknown }
  authActions: { logout: (schemes: readonly string[]) => void }
  authSelectors: { authorized: () => Immutable | undefined }
  preauthorizeBasic: (scheme: string, user: string, password: string) => void
  preauthorizeApiKey: (scheme: string, token: string) => void
}

declare global {
  var SwaggerUIBundle: (options: object) => System
}

/** The parts of an operation that are shown here. */
export interface ShownOperation {
  summary: string
  description?: string
  deprecated?: boolean
  operationId: string
  security?: readonly Record<string, unknown>[]
}

export type { VNode }
