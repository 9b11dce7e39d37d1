import { Described, Id, SourceValue, Text } from '../builders'
import { identifiers } from './record'

/** A field that the employer added to a resource. */
export const CustomFieldSchema = Described('A custom field', {
  ...identifiers('field', 'fld_12', 'ats-field-2'),
  name: Text('Name of the field', 'Notice period'),
  value: SourceValue('Value of the field', '4 weeks'),
  value_id: Id('Identifier of the value', 'fldval_40'),
  remote_value_id: Id("The provider's identifier of the value", 'ats-value-9'),
})
