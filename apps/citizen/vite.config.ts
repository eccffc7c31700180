import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { tokensCss } from '../../libs/ui/tokens.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));
const built = `${root}dist/citizen`;

/** Puts the design tokens into the portal's one style sheet, so that a content policy without inline styles holds. */
function tokens(): Plugin {
  return {
    name: 'design-tokens',
    enforce: 'pre',
    transform: (code, id) => (id.endsWith('/styles/portal.css') ? `${code}\n${tokensCss()}\n` : null),
  };
}

/**
 * Two builds in one: what browsers load (`dist/citizen/browser`, with a manifest that the server reads) and the server
 * bundle with everything in it (`dist/citizen/server.js`), which the API loads by path.
 */
export default defineConfig({
  root: here,
  base: '/assets/',
  publicDir: false,
  plugins: [tokens()],
  resolve: { alias: [{ find: /^#libs\/(.*)$/, replacement: `${root}libs/$1` }] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  builder: {
    async buildApp(builder) {
      for (const name of ['client', 'ssr']) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
  environments: {
    client: {
      build: {
        outDir: `${built}/browser`,
        emptyOutDir: true,
        assetsDir: '.',
        manifest: 'manifest.json',
        target: 'es2020',
        modulePreload: { polyfill: false },
        cssCodeSplit: true,
        assetsInlineLimit: 0,
        rolldownOptions: {
          checks: { pluginTimings: false },
          input: {
            portal: `${here}src/styles/portal.css`,
            base: `${here}src/browser/base.ts`,
            lodge: `${here}src/browser/lodge.ts`,
            case: `${here}src/browser/case.ts`,
            sw: `${here}src/browser/sw.ts`,
          },
        },
      },
    },
    ssr: {
      resolve: { noExternal: true },
      build: {
        ssr: true,
        outDir: built,
        emptyOutDir: false,
        target: 'node20',
        minify: false,
        copyPublicDir: false,
        rolldownOptions: {
          checks: { pluginTimings: false },
          input: { server: `${here}src/server.ts` },
          output: { entryFileNames: 'server.js', codeSplitting: false },
        },
      },
    },
  },
});
