import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { tokensCss } from '../../../libs/ui/tokens.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The design tokens of portal and desk, in front of the page's own style sheet. */
function tokens(): Plugin {
  return {
    name: 'design-tokens',
    enforce: 'pre',
    transform: (code, id) => (id.endsWith('/src/phones.css') ? `${tokensCss()}\n${code}` : null),
  };
}

export default defineConfig({
  root: here,
  base: '/simulator/',
  publicDir: false,
  plugins: [tokens()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { outDir: `${root}dist/simulator`, emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 },
});
