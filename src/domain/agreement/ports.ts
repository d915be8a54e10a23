/** What versions of agreements need of the outside: interfaces only, implemented by `src/db`, handed in by `src/bin`. */
import type { AgreementSummary, AgreementVersion, VersionSummary } from './version.js';

/** Reads versions, whatever their status; each answer is of one instant. */
export interface VersionReader {
  findVersion(name: string, version: number): Promise<AgreementVersion | undefined>;
  /** By number, the oldest first. Empty: no agreement of that name. */
  listVersions(name: string): Promise<readonly VersionSummary[]>;
  /** By name. */
  listAgreements(): Promise<readonly AgreementSummary[]>;
}
