import { explainLead, type LeadExplanation } from '../src/domain/explain/index.js';
import { nowOf, type Lead } from './lead.js';

/** Why each clock that waited in this run is due when it is: with the windows at hand, its instants in UTC only. */
export const explainRun = (lead: Lead): LeadExplanation =>
  explainLead(
    { events: lead.story, ...(lead.opening && { opening: lead.opening }) },
    { agreements: lead.context.agreements, windowsOf: (calendarKey) => lead.context.windows[calendarKey] },
    nowOf(lead),
  );
