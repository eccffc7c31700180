/** Last four digits stay: enough to recognise a number one knows, too little to call one that one does not. */
export function maskContact(contact: string): string {
  const at = contact.indexOf('@');
  if (at > 0) return `${contact.slice(0, 1)}***${contact.slice(at)}`;
  if (contact.length <= 4) return '****';
  const prefix = contact.startsWith('+91') && contact.length > 7 ? '+91' : '';
  const hidden = contact.length - prefix.length - 4;
  return `${prefix}${'*'.repeat(hidden)}${contact.slice(-4)}`;
}

/** First letter of each word, by code points so that Bengali and Hindi names stay whole characters. */
export function maskName(name: string): string {
  return name
    .split(/\s+/u)
    .filter((word) => word.length > 0)
    .map((word) => `${[...word][0] ?? ''}***`)
    .join(' ');
}
