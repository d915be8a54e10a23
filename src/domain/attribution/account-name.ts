/**
 * An account's name in the form in which two are compared: lower case, single spaces, of an address its host alone.
 * Null: it names nothing.
 */
export function accountNamed(written: string): string | null {
  const plain = written.trim().toLowerCase().replace(/\s+/g, ' ');
  const host = plain.replace(/^https?:\/\//, '').replace(/^www\./, '');
  return (host === plain ? plain : host.replace(/[/?#].*$/, '')) || null;
}
