import { markup, type Markup } from '../../domain/notices/index.js';
import { colour, type ChartLook, type Role } from './look.js';

/** A drawn part of a chart, and how much room below its top it took. */
export interface Drawn {
  readonly body: Markup;
  readonly heightPx: number;
}

export const LETTER_PX = 12;

interface TextLook {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly role?: Role;
  readonly sizePx?: number;
  readonly isBold?: boolean;
}

/** What is put on the sheet, in the colours of one look. All places are rounded to 0.1 px. */
export class Sheet {
  constructor(readonly look: ChartLook) {}

  text(
    x: number,
    y: number,
    text: string,
    { anchor = 'start', role = 'ink', sizePx = LETTER_PX, isBold }: TextLook = {},
  ): Markup {
    const weight = isBold ? markup` font-weight="700"` : null;
    return markup`<text x="${px(x)}" y="${px(y)}" font-size="${sizePx}"${weight} text-anchor="${anchor}" fill="${colour(this.look, role)}">${text}</text>\n`;
  }

  box(x: number, y: number, width: number, height: number, role: Role): Markup {
    return markup`<rect x="${px(x)}" y="${px(y)}" width="${px(Math.max(0, width))}" height="${px(height)}" fill="${colour(this.look, role)}"/>\n`;
  }

  line(x1: number, y1: number, x2: number, y2: number, role: Role, { isDashed = false, widthPx = 1 } = {}): Markup {
    const dashes = isDashed ? markup` stroke-dasharray="6 4"` : null;
    return markup`<line x1="${px(x1)}" y1="${px(y1)}" x2="${px(x2)}" y2="${px(y2)}" stroke="${colour(this.look, role)}" stroke-width="${widthPx}"${dashes}/>\n`;
  }

  path(points: readonly (readonly [x: number, y: number])[], role: Role): Markup {
    const places = points.map(([x, y]) => `${px(x)},${px(y)}`).join(' ');
    return markup`<polyline points="${places}" fill="none" stroke="${colour(this.look, role)}" stroke-width="2" stroke-linejoin="round"/>\n`;
  }

  dot(x: number, y: number, role: Role): Markup {
    return markup`<circle cx="${px(x)}" cy="${px(y)}" r="3.5" fill="${colour(this.look, role)}" stroke="${colour(this.look, 'sheet')}" stroke-width="1.5"/>\n`;
  }
}

const px = (place: number): string => String(Math.round(place * 10) / 10);
