import { createHash } from 'node:crypto';
import type { ReviewDeps, ReviewStores } from '../../activities/reviews/review-deps.js';
import type { Stores } from '../db/index.js';
import { canonicalJson } from '../documents/index.js';
import type { WhatIfTrials } from '../domain/what-if/ports.js';
import { addInCalendar, dateOf, dateStart, formatLocal, instantOf } from '../zones/index.js';
import { changesBetween } from './agreement-changes.js';
import { createDrafting } from './drafting.js';
import { reportPress } from './report-press.js';
import { createReportDesk, findInForce } from './api/report-desk.js';

type Given = 'mailer' | 'mailFrom' | 'opsEmail' | 'publicUrl';

/** What reviews ask of rows, calendars and documents; whoever sends their mails adds the rest. */
export function reviewPorts(
  inWorkspace: (workspace: string) => Stores,
  trialsOf: (stores: Stores) => WhatIfTrials,
): Omit<ReviewDeps, Given> {
  const opened = new Map<string, ReviewStores>();
  return {
    storesOf: (workspace) => {
      const stores = opened.get(workspace) ?? reviewStores(inWorkspace(workspace), trialsOf);
      opened.set(workspace, stores);
      return stores;
    },
    zones: { dateOf, dateStart, instantOf },
    addOpenTime: ({ calendars }, calendar, from, ms) => addInCalendar(calendar, calendars[calendar]!, from, ms),
    canonical: canonicalJson,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    changesBetween,
    drafting: createDrafting(Date.now),
    formatLocal,
    reportMail: (letter, reports, timeZone) => reportPress.mail(letter, reports, timeZone),
    now: Date.now,
  };
}

const reviewStores = (stores: Stores, trialsOf: (stores: Stores) => WhatIfTrials): ReviewStores => ({
  ...stores,
  tryOnPastLeads: trialsOf(stores),
  reports: createReportDesk(stores),
  findInForce: (agreement, asOf) => findInForce(stores, { agreement, asOf }),
});
