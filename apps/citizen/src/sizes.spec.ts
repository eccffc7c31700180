import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

interface Entry {
  file: string;
  imports?: string[];
  dynamicImports?: string[];
  css?: string[];
}

const FOLDER = join(process.cwd(), 'dist', 'citizen', 'browser');
const manifest = JSON.parse(readFileSync(join(FOLDER, 'manifest.json'), 'utf8')) as Record<string, Entry>;

function filesOf(...sources: string[]): Set<string> {
  const files = new Set<string>();
  const visit = (source: string): void => {
    const entry = manifest[source];
    if (!entry) throw new Error(`the build has no ${source}`);
    if (files.has(entry.file)) return;
    files.add(entry.file);
    entry.imports?.forEach(visit);
  };
  sources.forEach(visit);
  return files;
}

/** Bytes that travel, compressed each by itself as they are served. */
function weight(files: Iterable<string>): number {
  return [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(FOLDER, file))).length, 0);
}

const KB = 1000;

describe('what a telephone has to load', () => {
  it('is at most 15 kB of script on the first page', () => {
    const bytes = weight(filesOf('src/browser/base.ts'));
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(15 * KB);
  });

  it('is at most 60 kB of script to lodge', () => {
    expect(weight(filesOf('src/browser/base.ts', 'src/browser/lodge.ts'))).toBeLessThanOrEqual(60 * KB);
  });

  it('is at most 60 kB of script for a case', () => {
    expect(weight(filesOf('src/browser/base.ts', 'src/browser/case.ts'))).toBeLessThanOrEqual(60 * KB);
  });

  it('has the map apart, at most 60 kB, loaded only when it is asked for', () => {
    const lodge = manifest['src/browser/lodge.ts'];
    expect(lodge?.dynamicImports).toContain('src/browser/map.ts');
    const map = filesOf('src/browser/map.ts');
    for (const file of filesOf('src/browser/base.ts', 'src/browser/lodge.ts')) map.delete(file);
    expect(weight(map)).toBeGreaterThan(30 * KB);
    expect(weight(map)).toBeLessThanOrEqual(60 * KB);
  });

  it('is at most 12 kB of style', () => {
    const entry = manifest['src/styles/portal.css'];
    expect(weight([entry?.file ?? ''])).toBeLessThanOrEqual(12 * KB);
  });
});
