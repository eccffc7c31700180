import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { tokensCss } from '../../libs/ui/tokens.js';

const here = fileURLToPath(new URL('.', import.meta.url));
/** While working on the desk: where the API of `npm start` listens. */
const api = process.env['API_URL'] ?? 'http://127.0.0.1:8080';
const root = fileURLToPath(new URL('../../', import.meta.url));

/** Serves the design tokens as a style sheet, so that a content policy without inline styles holds. */
function tokens(): Plugin {
  const id = 'virtual:tokens.css';
  return {
    name: 'design-tokens',
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load: (resolved) => (resolved === `\0${id}` ? tokensCss() : null),
  };
}

export default defineConfig({
  root: here,
  base: '/staff/',
  plugins: [tokens()],
  resolve: { alias: [{ find: /^#libs\/(.*)$/, replacement: `${root}libs/$1` }] },
  build: {
    outDir: `${root}dist/desk`,
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      // Every Mantine module says "use client", which means nothing without a server.
      onLog: (level, log, handle) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
      },
    },
  },
  server: { port: 8081, proxy: { '/api': api } },
  preview: { port: 8081, proxy: { '/api': api } },
});
