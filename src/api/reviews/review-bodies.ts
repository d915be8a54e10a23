import { z } from 'zod';
import { localDate, prose, shortText } from '../field-schemas.js';

/** What somebody says, and nothing else. */
export const saidBody = z.strictObject({ text: prose });

export const answerBody = z.strictObject({ commitment: shortText(200), text: prose });

export const deliverableBody = z.strictObject({ deliverable: shortText(1_000), isDelivered: z.boolean(), text: prose });

export const proposalBody = z.strictObject({ proposal: shortText(200), isAccepted: z.boolean(), text: prose });

export const decisionBody = z.strictObject({ text: prose, owner: shortText(200), dueDate: localDate });
