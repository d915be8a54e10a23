import type { LeadPages } from '../../api/index.js';
import { sentenceOf } from '../../api/index.js';
import { readLink, type LinkClaims } from '../../channels/index.js';
import { renderLeadPage, renderLinkProblem } from '../../console/lead-page.js';
import type { AgreementTerms } from '../../domain/agreement/index.js';
import type { Instant } from '../../domain/business-time/index.js';
import type { LeadEvent } from '../../domain/lifecycle/events.js';
import { foldLead } from '../../domain/lifecycle/evolve.js';
import { briefingOf, termsKeysOf, timeZoneOf, type Agreements } from '../../domain/notices/index.js';
import type { LeadState } from '../../domain/lifecycle/state.js';
import type { Stores } from '../../db/index.js';
import { formatLocal } from '../../zones/index.js';
import { stepGuide } from '../step-guide.js';

type Read = Pick<Stores, 'ledger' | 'agreements' | 'directory' | 'leads'>;

/** Pages for signed links: each shows its one lead, in the zone of the person for whom the link was made. */
export const leadPages = (inWorkspace: (workspace: string) => Read, secret: string): LeadPages => ({
  async show(token, at) {
    const reading = readLink(token, secret, at);
    if (reading.kind === 'invalid') return { status: 404, html: renderLinkProblem('invalid') };
    if (reading.kind === 'expired') return { status: 410, html: renderLinkProblem('expired') };
    const html = await pageOf(inWorkspace(reading.claims.workspace), reading.claims, at);
    return html === undefined ? { status: 404, html: renderLinkProblem('invalid') } : { status: 200, html };
  },
});

async function pageOf(read: Read, { leadId, reader, expiresAt }: LinkClaims, readAt: Instant) {
  const events = await read.ledger.read(leadId);
  if (events.length === 0) return undefined;
  const state = foldLead(events);
  const agreements = await termsOf(read, state);
  const zone = timeZoneOf(reader, await read.directory.read(), requireTerms(agreements, state));
  const say = (at: Instant) => formatLocal(zone, at);
  const story = events.map((event: LeadEvent) => ({ at: event.at, text: sentenceOf(event, say) }));
  const next = await stepGuide(read).stepOf(state, readAt);
  return renderLeadPage({
    briefing: briefingOf(state, agreements, next),
    story,
    say,
    readAt,
    linkExpiresAt: expiresAt,
  });
}

async function termsOf({ agreements }: Read, state: LeadState): Promise<Agreements> {
  const found = await Promise.all(termsKeysOf(state).map((key) => agreements.findTerms(key)));
  return Object.fromEntries(found.flatMap((terms) => (terms === undefined ? [] : [[terms.key, terms]])));
}

function requireTerms(agreements: Agreements, { leadId, agreement }: LeadState): AgreementTerms {
  const terms = agreements[agreement.key];
  if (terms === undefined) throw new Error(`lead ${leadId} follows agreement ${agreement.key}, which is not stored`);
  return terms;
}
