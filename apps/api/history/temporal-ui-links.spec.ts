import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TemporalUi } from './temporal-ui-links.js';

const server = { embedded: true, address: '127.0.0.1:7233', namespace: 'default' };
let dataDir: string;

beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'pratikar-ui-'))));
afterEach(() => rmSync(dataDir, { recursive: true }));

describe('a link into Temporal’s own UI', () => {
  const page = (temporal: ConstructorParameters<typeof TemporalUi>[0]['temporal']) =>
    new TemporalUi({ dataDir, temporal }).pageOf('grievance/KMC/KMC-26-0001234-5', 'run-1');

  it('leads to the address that was set', () => {
    expect(page({ ...server, embedded: false, uiUrl: 'https://temporal.city.example' })).toBe(
      'https://temporal.city.example/namespaces/default/workflows/grievance%2FKMC%2FKMC-26-0001234-5/run-1/history',
    );
  });

  it('leads to the embedded server’s where the launcher wrote it down', () => {
    expect(page(server)).toBeNull();
    writeFileSync(join(dataDir, 'run.json'), JSON.stringify({ pid: 1, temporal: { ui: 'http://127.0.0.1:8233' } }));
    expect(page(server)).toMatch(/^http:\/\/127\.0\.0\.1:8233\/namespaces\/default\//);
    writeFileSync(join(dataDir, 'run.json'), '{"temporal": null');
    expect(page(server)).toBeNull();
  });

  it('is none beside a server of one’s own whose UI nobody named', () => {
    writeFileSync(join(dataDir, 'run.json'), JSON.stringify({ temporal: { ui: 'http://127.0.0.1:8233' } }));
    expect(page({ ...server, embedded: false })).toBeNull();
  });
});
