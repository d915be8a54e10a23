import { Histogram } from 'prom-client';
import type { Mailer, MailOutcome } from '../domain/notices/index.js';
import { secondsOf, type MeterDeps } from './metrics.js';

const mailAnswers = ['accepted', 'refused', 'failed'] as const satisfies readonly (MailOutcome['kind'] | 'failed')[];
type MailAnswer = (typeof mailAnswers)[number];

/** Measures the mail server: how it answers, and how long that takes. */
export function createMailMeter({ registry, now }: MeterDeps): (mailer: Mailer) => Mailer {
  const duration = new Histogram({
    name: 'handoff_mail_duration_seconds',
    help: 'How long the mail server took for a mail, by its answer',
    labelNames: ['answer'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  for (const answer of mailAnswers) duration.zero({ answer });
  return (mailer) => ({
    send: async (mail) => {
      const startedAt = now();
      let answer: MailAnswer = 'failed';
      try {
        const outcome = await mailer.send(mail);
        answer = outcome.kind;
        return outcome;
      } finally {
        duration.observe({ answer }, secondsOf(now() - startedAt));
      }
    },
  });
}
