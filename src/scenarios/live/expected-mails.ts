import type { LeadEvent } from '../../domain/lifecycle/events.js';
import { foldLead } from '../../domain/lifecycle/evolve.js';
import {
  addressOf,
  eventsCausingNotices,
  noticeKey,
  noticesOf,
  readersInTurn,
  type Notice,
} from '../../domain/notices/index.js';
import type { Directory } from '../../domain/routing/directory.js';

/** The addresses of the mails that a lead's story must have caused, one for each notice, sorted. */
export function expectedMails(events: readonly LeadEvent[], directory: Directory, opsEmail: string): readonly string[] {
  const notices = eventsCausingNotices(events).flatMap((event) =>
    noticesOf(event, foldLead(events.slice(0, event.seq)), directory),
  );
  const addresses = new Map(notices.map((notice) => mailOf(notice, directory, opsEmail)));
  return [...addresses.values()].sort();
}

/** The mailbox refuses nobody, so that the first in turn who has an address gets it. */
function mailOf(notice: Notice, directory: Directory, opsEmail: string): [key: string, address: string] {
  for (const reader of readersInTurn(notice.reader, directory)) {
    const address = addressOf(reader, directory, opsEmail);
    if (address !== undefined) return [noticeKey({ ...notice, reader }, 'email'), address];
  }
  throw new Error('the operators always have an address');
}
