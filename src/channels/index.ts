/**
 * Here live the ways out to people: mail by SMTP, and the signed links that mails carry. Each implements a port of the
 * domain; who hears what is decided elsewhere, and no lead's rule lives here.
 */
export { createHeartbeat } from './heartbeat.js';
export { hashOfToken, signingToken, type SigningClaims } from './signing-token.js';
export { signLink, readLink, type LinkClaims, type LinkReading } from './signed-link.js';
export { createSmtpMailer, type SmtpMailer } from './smtp.js';
