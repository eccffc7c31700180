/** Sources, not what is built from them: the same names that package.json's `imports` gives to the built files. */
const { join } = require('node:path');

module.exports = {
  resolve: {
    alias: Object.fromEntries(
      ['libs', 'activities', 'workflows', 'apps'].map((part) => [`#${part}`, join(__dirname, part)]),
    ),
  },
};
