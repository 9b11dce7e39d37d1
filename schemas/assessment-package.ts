import { Described, Id, Text } from './builders'

/** The ordered assessment. */
export const AssessmentPackageSchema = Described('The assessment that the candidate is to take', {
  id: Id('Identifier of the package', 'pkg_typescript_backend'),
  remote_id: Id("The provider's identifier of the package", 'prov-4711'),
  name: Text('Name of the package', 'TypeScript for back-end engineers'),
  description: Text('What the package measures', 'Typing, asynchronous code and HTTP, in forty minutes'),
})
