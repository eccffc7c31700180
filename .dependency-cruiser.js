const WORDS = 'libs/domain/case/names';

/** Who may import whom. Whatever the table does not name is an error. */
const TABLE = {
  'libs/domain': [],
  'libs/contracts': ['libs/domain'],
  'libs/config': ['libs/domain', 'libs/contracts'],
  'libs/persistence': ['libs/domain', 'libs/contracts', 'libs/config'],
  'libs/temporal': ['libs/domain', 'libs/contracts', 'libs/config'],
  'libs/channels': ['libs/domain', 'libs/contracts', 'libs/config'],
  'libs/templates': ['libs/domain', 'libs/contracts', 'libs/config'],
  'libs/dialogue': ['libs/domain', 'libs/contracts', 'libs/config'],
  'libs/masters': ['libs/domain', 'libs/contracts', 'libs/persistence', 'libs/config'],
  'libs/insight': ['libs/domain', 'libs/contracts', 'libs/persistence', 'libs/masters', 'libs/config'],
  'libs/casework': [
    'libs/domain',
    'libs/contracts',
    'libs/persistence',
    'libs/temporal',
    'libs/masters',
    'libs/config',
  ],
  // Of the rules, pages know only the words.
  'libs/ui': [WORDS],
  workflows: ['libs/domain', 'libs/contracts'],
  activities: ['libs/(?!ui|testing)'],
  'apps/api': ['libs/(?!ui|testing)'],
  'apps/worker': ['activities', 'libs/temporal', 'libs/config', 'libs/persistence', 'libs/contracts/temporal'],
  'apps/cli': ['libs/(?!ui|testing)'],
  'apps/citizen': ['libs/ui', 'libs/contracts/api', WORDS],
  'apps/desk': ['libs/ui', 'libs/contracts/api', WORDS],
};

/** Packages the pure parts may use; the others may use what package.json names. */
const PACKAGES = {
  'libs/domain': '^luxon$|^@types/luxon$|node_modules/(@types/)?luxon/',
  'libs/contracts': '^@temporalio/workflow$|node_modules/@temporalio/workflow/',
  workflows: '^@temporalio/workflow$|node_modules/@temporalio/workflow/',
};

const SPEC = '[.-]spec\\.tsx?$';
const OURS = '^(dist/)?(apps|libs|workflows|activities)/';

const layers = Object.entries(TABLE).map(([from, allowed]) => ({
  name: `${from.replace('/', '-')}-imports`,
  comment: `${from} may import ${allowed.length ? allowed.join(', ') : 'no other part'}`,
  severity: 'error',
  from: { path: `^${from}/`, pathNot: SPEC },
  to: { path: OURS, pathNot: [from, ...allowed].map((part) => `^(dist/)?${part}`) },
}));

const packages = Object.entries(PACKAGES).map(([from, allowed]) => ({
  name: `${from.replace('/', '-')}-packages`,
  severity: 'error',
  from: { path: `^${from}/`, pathNot: SPEC },
  to: { pathNot: [OURS, allowed] },
}));

export default {
  forbidden: [
    ...layers,
    ...packages,
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:' },
    },
    {
      name: 'testing-by-specs-alone',
      severity: 'error',
      from: { path: OURS, pathNot: [SPEC, '^libs/testing/'] },
      to: { path: '^(dist/)?libs/testing/' },
    },
    {
      name: 'no-dev-packages-in-product',
      severity: 'error',
      from: {
        path: '^(apps/(api|worker|cli)|libs|workflows|activities)/',
        // What writes sources is none of the product.
        pathNot: [SPEC, '^libs/(testing|ui)/', '/generate-[a-z]+\\.mjs$'],
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'type-only'], pathNot: 'node_modules/@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    webpackConfig: { fileName: '.dependency-cruiser-resolve.cjs' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mts', '.js', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
