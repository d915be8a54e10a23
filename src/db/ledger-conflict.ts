/** Somebody else wrote this part of a lead's story, differently, or the part before it is missing: never try again. */
export class LedgerConflict extends Error {
  constructor(
    readonly leadId: string,
    readonly seq: number,
    what: string,
  ) {
    super(
      `ledger of lead ${leadId}, event ${seq}: ${what}; nothing was recorded. ` +
        `A lead has one writer: find out which two programs wrote it, and compare both stories with its workflow`,
    );
    this.name = 'LedgerConflict';
  }
}
