import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

const PURE =
  'is given as a parameter here: what is decided must be decided again the same way from the same stored state'

/** Where each vendor lives; anywhere else it is refused. */
const VENDORS = [
  { home: 'src/db', names: ['@prisma/*', 'pg', '**/generated/*'] },
  { home: 'src/jobs', names: ['bullmq', 'ioredis'] },
  { home: 'src/channels/telegram', names: ['grammy', 'grammy/*', '@grammyjs/*'] },
  { home: 'src/pictures', names: ['echarts', 'echarts/*', '@resvg/*'] },
  { home: 'src/workbooks', names: ['exceljs', 'hyperformula', 'jszip'] },
  { home: 'src/http', names: ['hono', 'hono/*', '@hono/*'] },
]

const refuse = vendors => ({
  'no-restricted-imports': [
    'error',
    {
      patterns: vendors.map(({ home, names }) => ({
        group: names,
        message: `Only ${home} may import this: each vendor has one home, so that it can be replaced there.`,
      })),
    },
  ],
})

export default defineConfig(
  { ignores: ['src/db/generated/', 'data/', 'coverage/', 'test/e2e/output/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      // In a bot a lost promise is a lost message.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      // What the compiler would let pass.
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'error',
      '@typescript-eslint/no-unsafe-member-access': 'error',
      '@typescript-eslint/no-unsafe-call': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
      '@typescript-eslint/no-unsafe-argument': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/require-await': 'off', // implementations of an async contract may have nothing to wait for
      eqeqeq: 'error',
      'no-fallthrough': 'error',
      'no-constant-binary-expression': 'error',
      'no-unsafe-finally': 'error',
      'no-self-compare': 'error',
      'prefer-const': 'error',
      'no-var': 'error',
    },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      // Matchers such as expect.any() are typed any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.tsx', 'scripts/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 250 }],
      'max-lines-per-function': ['error', { max: 60 }],
      complexity: ['error', 15],
      'max-params': ['error', 4],
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    rules: {
      ...refuse(VENDORS),
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'Settings are read, checked and explained in src/config.ts; take them as parameters.',
        },
      ],
    },
  },
  ...VENDORS.map(({ home }) => ({
    files: [`${home}/**/*.ts`, `${home}/**/*.tsx`],
    rules: refuse(VENDORS.filter(vendor => vendor.home !== home)),
  })),
  {
    // config.ts is the reader of the environment; process.ts hands the search path on to the programs it runs.
    files: ['src/config.ts', 'src/db/embedded/process.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['src/engine/**/*.ts', 'src/domain/**/*.ts', 'src/understand/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', message: `The environment ${PURE}.` },
        { object: 'Date', property: 'now', message: `The time ${PURE}.` },
        { object: 'performance', property: 'now', message: `The time ${PURE}.` },
        { object: 'Math', property: 'random', message: `Randomness ${PURE}.` },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: `The time ${PURE}.` },
        { selector: 'CallExpression[callee.name="Date"]', message: `The time ${PURE}.` },
        {
          selector:
            'CallExpression[callee.property.name=/^(now|local|utc)$/][callee.object.name="DateTime"][arguments.length=0]',
          message: `The time ${PURE}.`,
        },
      ],
      'no-restricted-globals': [
        'error',
        ...['setTimeout', 'setInterval', 'setImmediate', 'fetch', 'console'].map(name => ({
          name,
          message:
            'Engine, domain and understand are pure: they neither wait nor reach outside. Return what is to be done.',
        })),
      ],
    },
  },
)
