import { Counter } from 'prom-client';
import type { HeldNotices } from '../domain/notices/holds.js';
import type { NoticeStore } from '../domain/notices/ports.js';
import type { MeterDeps } from './metrics.js';

const noticeResults = ['sent', 'failed', 'held'] as const;

/** Counts what becomes of notices; one that is held counts again when it leaves. */
export function createNoticeMeter({ registry }: Pick<MeterDeps, 'registry'>) {
  const count = new Counter({
    name: 'handoff_notices_total',
    help: 'Notices by what became of them',
    labelNames: ['result'],
    registers: [registry],
  });
  for (const result of noticeResults) count.inc({ result }, 0);
  return {
    measureNotices: (store: NoticeStore): NoticeStore => ({
      ...store,
      markSent: async (key, acceptedAt) => {
        await store.markSent(key, acceptedAt);
        count.inc({ result: 'sent' });
      },
      markFailed: async (key, reason) => {
        await store.markFailed(key, reason);
        count.inc({ result: 'failed' });
      },
    }),
    measureHeld: (holds: HeldNotices): HeldNotices => ({
      ...holds,
      keep: async (leadId, notices) => {
        await holds.keep(leadId, notices);
        count.inc({ result: 'held' }, notices.length);
      },
    }),
  };
}
