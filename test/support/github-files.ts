import { type Static, type TSchema, Type } from '@sinclair/typebox'

// The form of the files that GitHub reads, after its documentation. What is no key there, GitHub refuses or ignores.

const Text = Type.String({ pattern: '\\S' })
const Texts = Type.Array(Text, { minItems: 1, uniqueItems: true })
const Choice = (...values: string[]) => Type.Union(values.map((value) => Type.Literal(value)))
const Closed = <T extends Record<string, TSchema>>(properties: T, options: object = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options })

const validations = Type.Optional(Closed({ required: Type.Optional(Type.Boolean()) }))
const id = Type.Optional(Type.String({ pattern: '^[\\w-]+$' }))

const described = { label: Text, description: Type.Optional(Text) }
const written = { ...described, placeholder: Type.Optional(Text), value: Type.Optional(Text) }

const Markdown = Closed({ type: Type.Literal('markdown'), attributes: Closed({ value: Text }) })
const Input = Closed({ type: Type.Literal('input'), id, attributes: Closed(written), validations })
const TextArea = Closed({
  type: Type.Literal('textarea'),
  id,
  attributes: Closed({ ...written, render: Type.Optional(Text) }),
  validations,
})
const Dropdown = Closed({
  type: Type.Literal('dropdown'),
  id,
  attributes: Closed({
    ...described,
    options: Texts,
    multiple: Type.Optional(Type.Boolean()),
    default: Type.Optional(Type.Integer({ minimum: 0 })),
  }),
  validations,
})
const Checkboxes = Closed({
  type: Type.Literal('checkboxes'),
  id,
  attributes: Closed({
    ...described,
    options: Type.Array(Closed({ label: Text, required: Type.Optional(Type.Boolean()) }), { minItems: 1 }),
  }),
  validations,
})

/** A form for issues: `.github/ISSUE_TEMPLATE/*.yml` but `config.yml`. */
export const IssueFormSchema = Closed({
  name: Text,
  description: Text,
  title: Type.Optional(Text),
  labels: Type.Optional(Texts),
  assignees: Type.Optional(Texts),
  projects: Type.Optional(Texts),
  type: Type.Optional(Text),
  body: Type.Array(Type.Union([Markdown, Input, TextArea, Dropdown, Checkboxes]), { minItems: 1 }),
})

export type IssueForm = Static<typeof IssueFormSchema>

/** `.github/ISSUE_TEMPLATE/config.yml`. */
export const IssueConfigSchema = Closed({
  blank_issues_enabled: Type.Optional(Type.Boolean()),
  contact_links: Type.Optional(
    Type.Array(Closed({ name: Text, url: Type.String({ pattern: '^https://' }), about: Text }), { minItems: 1 }),
  ),
})

const days = Type.Optional(Type.Integer({ minimum: 1 }))

const Group = Closed(
  {
    'applies-to': Type.Optional(Choice('version-updates', 'security-updates')),
    'dependency-type': Type.Optional(Choice('development', 'production')),
    patterns: Type.Optional(Texts),
    'exclude-patterns': Type.Optional(Texts),
    'update-types': Type.Optional(Type.Array(Choice('major', 'minor', 'patch'), { minItems: 1, uniqueItems: true })),
  },
  { minProperties: 1 },
)

const Ignored = Closed(
  {
    'dependency-name': Type.Optional(Text),
    versions: Type.Optional(Texts),
    'update-types': Type.Optional(
      Type.Array(Choice('version-update:semver-major', 'version-update:semver-minor', 'version-update:semver-patch'), {
        minItems: 1,
        uniqueItems: true,
      }),
    ),
  },
  { minProperties: 1 },
)

/** `.github/dependabot.yml`, without what this repository has no use for: private registries, and rights to run code. */
export const DependabotSchema = Closed({
  version: Type.Literal(2),
  updates: Type.Array(
    Closed({
      'package-ecosystem': Choice('npm', 'github-actions', 'docker', 'docker-compose'),
      directory: Type.String({ pattern: '^/' }),
      schedule: Closed({
        interval: Choice('daily', 'weekly', 'monthly', 'quarterly', 'semiannually', 'yearly'),
        day: Type.Optional(Choice('monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday')),
        time: Type.Optional(Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' })),
        timezone: Type.Optional(Text),
      }),
      cooldown: Type.Optional(
        Closed({
          'default-days': days,
          'semver-major-days': days,
          'semver-minor-days': days,
          'semver-patch-days': days,
          include: Type.Optional(Texts),
          exclude: Type.Optional(Texts),
        }),
      ),
      groups: Type.Optional(Type.Record(Type.String(), Group)),
      ignore: Type.Optional(Type.Array(Ignored, { minItems: 1 })),
      labels: Type.Optional(Texts),
      assignees: Type.Optional(Texts),
      'commit-message': Type.Optional(
        Closed({
          prefix: Type.Optional(Type.String({ maxLength: 50 })),
          'prefix-development': Type.Optional(Type.String({ maxLength: 50 })),
          include: Type.Optional(Type.Literal('scope')),
        }),
      ),
      'open-pull-requests-limit': Type.Optional(Type.Integer({ minimum: 0 })),
      'rebase-strategy': Type.Optional(Choice('auto', 'disabled')),
      'target-branch': Type.Optional(Text),
      'versioning-strategy': Type.Optional(
        Choice('auto', 'increase', 'increase-if-necessary', 'lockfile-only', 'widen'),
      ),
    }),
    { minItems: 1 },
  ),
})

export type Dependabot = Static<typeof DependabotSchema>

/** What tests look at in a workflow; its form as a whole is checked by GitHub's own parser. */
export interface Workflow {
  permissions: Record<string, string>
  jobs: Record<
    string,
    {
      uses?: string
      permissions?: Record<string, string>
      'timeout-minutes'?: number
      container?: { image: string }
      strategy?: { matrix: { node: number[] } }
      steps?: { uses?: string; run?: string; with?: Record<string, unknown> }[]
    }
  >
}
