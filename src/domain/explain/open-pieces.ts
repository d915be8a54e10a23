import { coversTime, openIntervals, type DurationMs, type Instant } from '../business-time/index.js';
import { pausesOf, stretchesOf, type Timed } from '../sla/clock-time.js';
import type { AgreementTerms } from '../agreement/index.js';
import type { Counted, ExplainPorts, OpenPiece } from './explanation.js';
import type { Course } from './traces.js';

/** The terms with that key. @throws Error if the story names an agreement that was not handed in */
export function termsOf({ agreements }: Pick<ExplainPorts, 'agreements'>, key: string): AgreementTerms {
  const terms = agreements[key];
  if (!terms) throw new Error(`agreement ${key} is named by the lead but was not handed in to explain it`);
  return terms;
}

/** The open time of a clock in `[from, until)`, piece by piece; null where the windows are not at hand. */
export function openPieces(
  ports: ExplainPorts,
  course: Course,
  clock: Timed,
  until: Instant,
): readonly OpenPiece[] | null {
  const pauses = pausesOf(course, clock);
  const stretches = stretchesOf({ state: course, termsOf: (key) => termsOf(ports, key) }, clock);
  const pieces: OpenPiece[] = [];
  for (const { from, until: endsAt, terms, calendar } of stretches) {
    const end = Math.min(endsAt, until);
    if (from >= end) continue;
    const windows = ports.windowsOf(terms.calendarKeys[calendar]!, terms.calendars[calendar]!, from, end);
    if (!windows || !(windows.unbroken || coversTime(windows, from, end))) return null;
    for (const [openAt, closeAt] of openIntervals(windows, from, end, pauses)) {
      pieces.push({ openAt, closeAt, ms: closeAt - openAt, calendar });
    }
  }
  return pieces;
}

/** The first `targetMs` of them; what comes after the target is not counted. */
export function countUpTo(pieces: readonly OpenPiece[], targetMs: DurationMs): Counted {
  const counted: OpenPiece[] = [];
  let ms = 0;
  for (const piece of pieces) {
    const takenMs = Math.min(piece.ms, targetMs - ms);
    if (takenMs <= 0) break;
    counted.push({ ...piece, closeAt: piece.openAt + takenMs, ms: takenMs });
    ms += takenMs;
  }
  const usedUpAt = ms === targetMs ? (counted.at(-1)?.closeAt ?? null) : null;
  return { pieces: counted, ms, usedUpAt };
}
