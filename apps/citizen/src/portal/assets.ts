import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface ManifestEntry {
  file: string;
  css?: string[];
  imports?: string[];
  isEntry?: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  woff2: 'font/woff2',
  woff: 'font/woff',
  svg: 'image/svg+xml',
  png: 'image/png',
};

export interface AssetFile {
  bytes: Uint8Array;
  type: string;
}

/** What the browser build made: names by what they are for, and the bytes, kept in memory. */
export class Assets {
  private readonly files = new Map<string, Promise<AssetFile | null>>();

  private constructor(
    private readonly folder: string,
    private readonly manifest: Readonly<Record<string, ManifestEntry>>,
  ) {}

  static async load(folder: string): Promise<Assets> {
    const text = await readFile(join(folder, 'manifest.json'), 'utf8');
    return new Assets(folder, JSON.parse(text) as Record<string, ManifestEntry>);
  }

  script(name: 'base' | 'lodge' | 'case'): string {
    return this.href(`src/browser/${name}.ts`);
  }

  get styleSheet(): string {
    return this.href('src/styles/portal.css');
  }

  /** Files that the lodging page needs without a network. */
  get kept(): string[] {
    const scripts = ['src/browser/base.ts', 'src/browser/lodge.ts'].flatMap((source) => this.withImports(source));
    return [...new Set([this.styleSheet, ...scripts])];
  }

  serviceWorker(): Promise<AssetFile | null> {
    return this.file(this.entry('src/browser/sw.ts').file);
  }

  file(name: string): Promise<AssetFile | null> {
    if (!/^[\w.-]+$/.test(name) || name.startsWith('.') || name === 'manifest.json') return Promise.resolve(null);
    const known = this.files.get(name);
    if (known) return known;
    const reading = this.read(name);
    this.files.set(name, reading);
    return reading;
  }

  private async read(name: string): Promise<AssetFile | null> {
    const type = TYPES[name.split('.').pop() ?? ''];
    if (!type) return null;
    try {
      return { bytes: new Uint8Array(await readFile(join(this.folder, name))), type };
    } catch {
      this.files.delete(name);
      return null;
    }
  }

  private withImports(source: string): string[] {
    const { file, imports = [] } = this.entry(source);
    return [`/assets/${file}`, ...imports.flatMap((each) => this.withImports(each))];
  }

  private href(source: string): string {
    return `/assets/${this.entry(source).file}`;
  }

  private entry(source: string): ManifestEntry {
    const entry = this.manifest[source];
    if (!entry) throw new Error(`the browser build has no ${source}`);
    return entry;
  }
}
