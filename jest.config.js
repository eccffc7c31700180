/**
 * One project for each kind of test, so that each can be run alone
 * (`npx jest --selectProjects unit`). The suffix of a file decides its kind.
 */
const base = {
  rootDir: '.',
  roots: ['<rootDir>/apps', '<rootDir>/workflows', '<rootDir>/activities', '<rootDir>/libs', '<rootDir>/deploy'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^#libs/(.*)$': '<rootDir>/libs/$1.ts',
    '^#activities/(.*)$': '<rootDir>/activities/$1.ts',
    '^#workflows/(.*)$': '<rootDir>/workflows/$1.ts',
    '^#apps/(.*)$': '<rootDir>/apps/$1.ts',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};
const project = (displayName, suffix, extra = {}) => ({
  ...base,
  displayName,
  testMatch: [`**/*.${suffix}.ts`],
  ...extra,
});

export default {
  // For slow and busy machines; a test that hangs fails all the same.
  testTimeout: 60_000,
  testSequencer: '<rootDir>/deploy/launcher/longest-first.mjs',
  projects: [
    project('unit', 'spec'),
    project('workflow', 'wf-spec'),
    project('replay', 'replay-spec'),
    project('database', 'db-spec'),
    project('http', 'http-spec'),
    project('process', 'process-spec'),
    project('browser', 'e2e-spec'),
  ],
};
