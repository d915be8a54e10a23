import { defineSignal, setHandler } from '@temporalio/workflow';
import type { Reminder } from '../src/domain/audit/ports.js';
import { wake, type Lead } from './lead.js';
import { remindSignal } from './messages.js';
import { sendNotices } from './outbox.js';

/** The auditor found something undone: the main loop looks again, and notices that nobody got are sent once more. */
export const heedReminders = (lead: Lead): void =>
  setHandler(defineSignal<[Reminder]>(remindSignal), ({ unsent }) => {
    wake(lead);
    const underWay = new Set(lead.unsentNotices.map(({ seq }) => seq));
    void sendNotices(
      lead,
      unsent.filter(({ seq }) => seq <= lead.recordedSeq && !underWay.has(seq)),
    );
  });
