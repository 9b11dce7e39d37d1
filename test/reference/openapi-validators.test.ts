import { createConfig, lintFromString } from '@redocly/openapi-core'
import t from 'tap'
import { sandboxFor } from '../support/sandbox'

t.test('the OpenAPI document passes two independent validators', async (t) => {
  const { url } = await sandboxFor(t)
  const source = await (await fetch(`${url}/openapi.json`)).text()

  const { Validator } = await import('@seriousme/openapi-schema-validator')
  const validate = async (text: string) =>
    (await new Validator().validate(JSON.parse(text) as Record<string, unknown>)).valid
  t.ok(await validate(source))

  const config = await createConfig({
    rules: {
      struct: 'error',
      'no-unresolved-refs': 'error',
      'security-defined': 'error',
      'path-parameters-defined': 'error',
      'operation-operationId-unique': 'error',
      'no-ambiguous-paths': 'error',
      'tag-description': 'error',
      'operation-summary': 'error',
      'no-invalid-media-type-examples': { severity: 'error', allowAdditionalProperties: true },
      'no-invalid-parameter-examples': { severity: 'error', allowAdditionalProperties: true },
      'no-invalid-schema-examples': { severity: 'error', allowAdditionalProperties: true },
    },
  })
  const problems = async (source: string) =>
    (await lintFromString({ source, absoluteRef: 'openapi.json', config })).map(
      ({ ruleId, message, location }) => `${ruleId}: ${message} ${String(location[0]?.pointer)}`,
    )
  t.strictSame(await problems(source), [])

  const broken = source.replace('"in":"path"', '"in":"nowhere"')
  t.notOk(await validate(broken), 'the validators do find errors')
  t.match((await problems(broken)).join(), 'struct')
})
