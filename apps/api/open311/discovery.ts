import type { Document } from '#libs/channels/open311/document';

/** When the way the protocol is served last changed. */
const CHANGESET = '2026-11-24T00:00:00Z';

/** Where and in which formats the protocol is served. */
export function discovery(site: string): Document {
  return {
    root: 'discovery',
    value: {
      changeset: CHANGESET,
      contact: `Problems with this interface: ${site}/docs`,
      key_service:
        'The administrator of a city issues API keys, with the scopes open311.write and updates.write to report',
      endpoints: [
        {
          specification: 'http://wiki.open311.org/GeoReport_v2',
          url: `${site}/open311/v2`,
          changeset: CHANGESET,
          type: 'production',
          formats: ['text/xml', 'application/json'],
        },
      ],
    },
  };
}
