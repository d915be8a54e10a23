import type { Instant } from '../domain/business-time/index.js';
import type { Prisma, PrismaClient } from '../generated/prisma/client.js';

/** What the workflows of settled leads would start again from; its form is the workflow's own. */
export interface SettledStates {
  /** In place of what was kept before. */
  save(leadId: string, state: unknown, settledAt: Instant): Promise<void>;
  find(leadId: string): Promise<unknown>;
}

export const createSettledStates = (prisma: PrismaClient, workspace: string): SettledStates => ({
  save: async (leadId, state, settledAt) => {
    const row = { state: state as Prisma.InputJsonValue, settledAt: new Date(settledAt) };
    await prisma.settledState.upsert({
      where: { workspace_leadId: { workspace, leadId } },
      create: { workspace, leadId, ...row },
      update: row,
    });
  },
  find: async (leadId) => {
    const row = await prisma.settledState.findUnique({ where: { workspace_leadId: { workspace, leadId } } });
    return row?.state;
  },
});
