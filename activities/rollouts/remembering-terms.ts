import type { AgreementTerms } from '../../src/domain/agreement/index.js';

interface WithTerms {
  readonly agreements: { findTerms(key: string): Promise<AgreementTerms | undefined> };
}

/** A batch of leads follows few documents, and each is immutable: they are read once. */
export function rememberingTerms<Stores extends WithTerms>(stores: Stores): Stores {
  const known = new Map<string, Promise<AgreementTerms | undefined>>();
  const findTerms: WithTerms['agreements']['findTerms'] = (key) => {
    const found = known.get(key) ?? stores.agreements.findTerms(key);
    known.set(key, found);
    return found;
  };
  return { ...stores, agreements: { findTerms } };
}
