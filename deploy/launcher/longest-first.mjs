/**
 * The order in which jest takes the test files: kinds whose files take longest first, larger before smaller, so that no
 * long one is left over when all others are done and half of the machine has nothing to do. Always the same, unlike
 * the order that jest learns from earlier runs.
 */
const KINDS = ['.process-spec.', '.e2e-spec.', '.wf-spec.', '.http-spec.', '.db-spec.', '.replay-spec.', '.spec.'];

export default class LongestFirst {
  sort(tests) {
    const rank = ({ path }) => KINDS.findIndex((kind) => path.includes(kind));
    const size = ({ path, context }) => context.hasteFS.getSize(path) ?? 0;
    return [...tests].sort((a, b) => rank(a) - rank(b) || size(b) - size(a));
  }

  shard(tests) {
    return tests;
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
}
