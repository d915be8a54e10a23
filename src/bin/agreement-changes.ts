import { diffAgreements, formatChange, type AgreementDocument } from '../documents/index.js';

/** What the later of two stored documents says otherwise, in the words of the agreement; one sentence each. */
export const changesBetween = (former: string, later: string): readonly string[] =>
  diffAgreements(JSON.parse(former) as AgreementDocument, JSON.parse(later) as AgreementDocument).map(formatChange);
