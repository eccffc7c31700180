import { write } from './document.js';
import { Parameters } from './parameters.js';

describe('an answer of the open standard', () => {
  const document = {
    root: 'service_requests',
    value: [{ service_request_id: 'KMC-1', description: 'a < b & "c"\u0007 😀 জল', lat: 22.5, media_url: null }],
  };

  it('is a list in JSON and an element for each entry in XML', () => {
    expect(JSON.parse(write(document, 'json'))).toEqual(document.value);
    expect(write(document, 'xml')).toBe(
      '<?xml version="1.0" encoding="utf-8"?>\n<service_requests><request><service_request_id>KMC-1</service_request_id>' +
        '<description>a &lt; b &amp; &quot;c&quot; 😀 জল</description><lat>22.5</lat><media_url/></request></service_requests>\n',
    );
  });

  it('holds nothing that XML cannot hold', () => {
    expect(write({ root: 'r', value: '\ud83d broken \u0000\uffff' }, 'xml')).toContain('<r> broken </r>');
  });
});

describe('parameters', () => {
  const read = (query: string) => Parameters.from(new URLSearchParams(query));

  it('understand attributes with one and with many values', () => {
    const form = read('attribute[WARD]=91&attribute[KIND][]=a&attribute[KIND][]=b&attribute[EMPTY]=');
    expect([...form.attributes()]).toEqual([
      ['WARD', ['91']],
      ['KIND', ['a', 'b']],
    ]);
  });

  it('take times with their zone only, and a plus that arrived as a space', () => {
    expect(read('at=2026-11-24T18:00:00%2B05:30').time('at')).toBe(Date.UTC(2026, 10, 24, 12, 30));
    expect(read('at=2026-11-24T18:00:00+05:30').time('at')).toBe(Date.UTC(2026, 10, 24, 12, 30));
    expect(() => read('at=2026-11-24').time('at')).toThrow('W3C date');
    expect(() => read('at=2026-11-24T18:00:00').time('at')).toThrow('W3C date');
  });

  it('come from a form, a query or JSON, empty ones counting as absent', () => {
    const all = Parameters.from({ a: ['1', '2'], b: '' }, { lat: 22.5 });
    expect([all.text('a'), all.text('b'), all.number('lat', -90, 90)]).toEqual(['2', undefined, 22.5]);
    expect(() => all.required('b')).toThrow('b was not provided');
  });
});
