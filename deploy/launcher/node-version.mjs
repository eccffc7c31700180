/**
 * Imported before anything else, and written for any Node that knows modules: an old one must get a sentence, not a
 * syntax error.
 */
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Pratikar needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}
