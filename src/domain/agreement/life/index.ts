export { actsAllowedIn, versionActs, versionRefusalCodes } from './acts.js';
export type { VersionAct, VersionActType, VersionRefusal, VersionRefusalCode } from './acts.js';
export { decideVersion, type VersionDecision, type VersionSurroundings } from './decide.js';
export { evolveVersion, type VersionEvent } from './events.js';
export { signersOf, standingSignatures, unsignedParties, type Signers } from './signers.js';
export { standingOf, type VersionStanding } from './standing.js';
