/**
 * Here live the drawings of reports' charts, as SVG without a script, a font or a request to elsewhere. A drawing adds
 * nothing to a chart and leaves nothing out; what its numbers mean is said in `src/domain/reports`.
 */
import { Markup } from '../../domain/notices/index.js';

/** What is drawn has a role, and the palette says its colour. Told apart by lightness too, for whoever sees no hue. */
const palettes = {
  light: {
    sheet: '#ffffff',
    ink: '#1d2733',
    quiet: '#55626f',
    grid: '#d5dce3',
    mark: '#0b6e6e',
    target: '#b3261e',
    'heat-0': '#e6f2f1',
    'heat-1': '#b5dcda',
    'heat-2': '#72b9b6',
    'heat-3': '#277f7d',
    'heat-4': '#0a4f50',
    'on-0': '#1d2733',
    'on-1': '#1d2733',
    'on-2': '#10181f',
    'on-3': '#ffffff',
    'on-4': '#ffffff',
  },
  dark: {
    sheet: '#1d2127',
    ink: '#e7ebf0',
    quiet: '#a3afbb',
    grid: '#3a424d',
    mark: '#5cc4c4',
    target: '#ff9b93',
    'heat-0': '#22343a',
    'heat-1': '#23525a',
    'heat-2': '#2c7a7e',
    'heat-3': '#5fb6b4',
    'heat-4': '#b4ebe6',
    'on-0': '#e7ebf0',
    'on-1': '#ffffff',
    'on-2': '#ffffff',
    'on-3': '#10181f',
    'on-4': '#10181f',
  },
} as const;

type Scheme = keyof typeof palettes;
export type Role = keyof (typeof palettes)['light'];

/**
 * How a chart is drawn: `page` takes the colours of the page it stands in (`chartColours`), `adaptive` brings both and
 * follows the reader's scheme, `light` and `dark` are fixed, for paper, pictures and mail.
 */
export interface ChartLook {
  readonly palette: 'page' | 'adaptive' | Scheme;
  /** The width for which letters and bars are sized; the height follows. */
  readonly widthPx: number;
  /** Without room around it, for paper that has its own. */
  readonly isFlush?: true;
}

/** The colour of a role, for an attribute. */
export const colour = ({ palette }: ChartLook, role: Role): string =>
  palette === 'light' || palette === 'dark' ? palettes[palette][role] : `var(--chart-${role})`;

const variables = (scheme: Scheme): string =>
  Object.entries(palettes[scheme])
    .map(([role, value]) => `--chart-${role}: ${value};`)
    .join(' ');

/** Style rules that give `selector` the charts' colours, in both schemes; on paper always the light ones. */
export const chartColours = (selector: string): Markup =>
  new Markup(`${selector} { ${variables('light')} }
@media screen and (prefers-color-scheme: dark) { ${selector} { ${variables('dark')} } }`);

/** Fonts that readers' systems have; those who make pictures bring the last but one. */
export const FONTS = "system-ui, 'Segoe UI', Roboto, Helvetica, Arial, 'DejaVu Sans', sans-serif";

/** About how wide a text is: no font is at hand, so as the widest of them would have it. */
export const textWidth = (text: string, sizePx: number): number => text.length * sizePx * 0.6;

/** A text in lines that are no wider than that, broken between words. */
export function wrapped(text: string, sizePx: number, widthPx: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(longer, sizePx) <= widthPx) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** A text that ends with `…` where it would be wider. */
export function shortened(text: string, sizePx: number, widthPx: number): string {
  const fits = Math.max(1, Math.floor(widthPx / (sizePx * 0.6)));
  return text.length <= fits ? text : `${text.slice(0, fits - 1).trimEnd()}…`;
}
