import prettier from 'eslint-config-prettier'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

const fromOneSource = (source) => `Take it from ${source}, so that a seed and a frozen clock make a run repeatable.`

export default defineConfig(
  { ignores: ['dist/', '.tap/', 'test-failures/', 'examples/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      // What only some runs need is required where they need it, so that a plain start does not pay for it.
      '@typescript-eslint/no-require-imports': ['error', { allow: ['^\\.\\.?/', '^node:https$', '^qs$'] }],
      // A behaviour or a store is asynchronous by its interface, even where an implementation has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafePromises: [{ from: 'package', name: 'PromiseWithSubtest', package: '@tapjs/core' }] },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    // The inspector runs in a browser, by the time that people have there.
    ignores: ['src/clock.ts', 'src/ids.ts', 'src/inspector/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: fromOneSource('clock.ts') },
        { object: 'crypto', property: 'randomUUID', message: fromOneSource('ids.ts') },
        { object: 'Math', property: 'random', message: fromOneSource('ids.ts') },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: fromOneSource('clock.ts') },
      ],
      'no-restricted-globals': [
        'error',
        { name: 'setTimeout', message: fromOneSource('clock.ts') },
        { name: 'setInterval', message: fromOneSource('clock.ts') },
      ],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'node:timers', message: fromOneSource('clock.ts') },
            { name: 'node:timers/promises', message: fromOneSource('clock.ts') },
            { name: 'node:crypto', importNames: ['randomUUID', 'randomBytes'], message: fromOneSource('ids.ts') },
          ],
        },
      ],
    },
  },
  prettier,
)
