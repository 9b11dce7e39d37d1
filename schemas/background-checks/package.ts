import type { Static } from '@sinclair/typebox'
import { Described, Id, ListOf, Passthrough, Text } from '../builders'

const idFacts = {
  id: Id('Identifier of the package', 'check_standard'),
  remote_id: Id("The provider's identifier of the package", 'prov-check-2'),
}

const packageFacts = {
  name: Text('Name of the package', 'Standard check'),
  description: Text('What the package checks', 'Identity, employment, education and references'),
}

const testId = Id('Identifier of the test', 'test_identity')

const testFacts = {
  name: Text('Name of the test', 'Identity'),
  description: Text('What the test checks', 'Compares an official document with a photograph'),
}

/** A test in a package of background checks. */
export const BackgroundCheckTestSchema = Described('A test', {
  id: testId,
  remote_id: Id("The provider's identifier of the test", 'prov-test-1'),
  ...testFacts,
})

/** A package of background checks, on offer or in an order. */
export const BackgroundCheckPackageSchema = Described('The package of background checks', {
  ...idFacts,
  ...packageFacts,
  tests: ListOf(BackgroundCheckTestSchema, 'The tests in the package'),
})

export type BackgroundCheckPackage = Static<typeof BackgroundCheckPackageSchema>

/** Body of `POST /background_checks/packages`. */
export const PackageToCreateSchema = Described('The package to create', {
  ...packageFacts,
  tests: ListOf(Described('A test to create', testFacts), 'The tests in the package'),
  passthrough: Passthrough,
})

export type PackageToCreate = Static<typeof PackageToCreateSchema>

/** Body of `PATCH /background_checks/packages/{id}`. */
export const PackageToUpdateSchema = Described('What changes in the package', {
  ...packageFacts,
  tests: ListOf(Described('A test to change', { id: testId, ...testFacts }), 'The tests in the package'),
  passthrough: Passthrough,
})

export type PackageToUpdate = Static<typeof PackageToUpdateSchema>
