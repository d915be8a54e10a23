import { canonicalJson } from '../../documents/index.js';
import type { ReportDesk, ReportDocument, ReportRefusal, ReportRequest } from '../../domain/reports/index.js';

/** As many as a team that meets over its reports looks at; the least recently asked goes first. */
const REMEMBERED_COUNT_MAX = 200;

type Made = ReportDocument | ReportRefusal;

/**
 * Makes a report once: what is as of an instant of the past never changes, so whoever asks again gets the same document,
 * also while it is being made. What could not be made is forgotten.
 */
export function rememberReports(make: ReportDesk['make'], countMax = REMEMBERED_COUNT_MAX): ReportDesk['make'] {
  const made = new Map<string, Promise<Made>>();
  return (request: ReportRequest) => {
    const key = canonicalJson(request);
    const known = made.get(key) ?? makeOnce(key, () => make(request));
    made.delete(key);
    made.set(key, known);
    for (const oldest of made.keys()) if (made.size > countMax) made.delete(oldest);
    return known;
  };

  function makeOnce(key: string, work: () => Promise<Made>): Promise<Made> {
    const making = work();
    const forget = (): void => void (made.get(key) === making && made.delete(key));
    making.then((report) => typeof report === 'string' && forget(), forget);
    return making;
  }
}
