import { readLink, signLink, type LinkClaims } from '../../src/channels/index.js';

const mondayTen = Date.parse('2026-11-23T15:00:00Z');
const secret = 'a secret of at least sixteen characters';
const claims: LinkClaims = { workspace: 'default', leadId: 'ld_ada', reader: 'rep-east-1', expiresAt: mondayTen };
const token = signLink(claims, secret);

test.each([
  { label: 'works 1 ms before it expires', now: mondayTen - 1, kind: 'valid' },
  { label: 'has expired at the instant of its expiry', now: mondayTen, kind: 'expired' },
  { label: 'has expired afterwards', now: mondayTen + 1, kind: 'expired' },
])('a link $label', ({ now, kind }) => expect(readLink(token, secret, now)).toEqual({ kind, claims }));

test('a token needs no escaping in a path', () => expect(token).toMatch(/^[\w.-]+$/));

const [form, body, mac] = token.split('.') as [string, string, string];
const forBody = (claimed: unknown): string => Buffer.from(JSON.stringify(claimed)).toString('base64url');
const ofAnother = signLink({ ...claims, leadId: 'ld_eve' }, secret).split('.')[1]!;

test.each([
  { label: 'another lead', forged: `${form}.${ofAnother}.${mac}` },
  { label: 'a later expiry', forged: `${form}.${forBody(['default', 'ld_ada', 'rep-east-1', mondayTen * 2])}.${mac}` },
  { label: 'another form', forged: `h2.${body}.${mac}` },
  { label: 'no signature', forged: `${form}.${body}.` },
  { label: 'half a signature', forged: `${form}.${body}.${mac.slice(0, 20)}` },
  { label: 'no body', forged: `${form}..${mac}` },
  { label: 'something behind it', forged: `${token}.more` },
  { label: 'no dots', forged: 'h1' },
  { label: 'nothing', forged: '' },
  { label: 'a signature by another secret', forged: signLink(claims, 'another secret of sixteen characters') },
])('a token with $label is believed in nothing', ({ forged }) =>
  expect(readLink(forged, secret, mondayTen - 1)).toEqual({ kind: 'invalid' }),
);

test.each(Array.from(token, (_, index) => index))('a token changed at character %i is not valid', (index) => {
  const other = token[index] === 'A' ? 'B' : 'A';
  const changed = token.slice(0, index) + other + token.slice(index + 1);
  const reading = readLink(changed, secret, mondayTen - 1);
  // The last character of a signature has two bits that mean nothing: the very same bytes may come out.
  const isSameBytes =
    index === token.length - 1 &&
    Buffer.from(changed.split('.')[2]!, 'base64url').equals(Buffer.from(mac, 'base64url'));
  expect(reading.kind).toBe(isSameBytes ? 'valid' : 'invalid');
});
