import { markup, type Markup } from '../../domain/notices/index.js';
import type { Chart, Point } from '../../domain/reports/index.js';
import { valueText } from './axis.js';
import { drawBars } from './bars.js';
import { drawHeatMap } from './heat-map.js';
import { drawLine } from './line.js';
import { chartColours, colour, FONTS, wrapped, type ChartLook } from './look.js';
import { Sheet, type Drawn } from './sheet.js';

const TITLE_PX = 14;
const TITLE_LINE_PX = 19;

/** Around a drawing that stands by itself. */
const PADDING_PX = 18;

/** A chart as one SVG: title, drawing, and both once more in words for whoever does not see them. */
export function chartSvg(chart: Chart, look: ChartLook): string {
  const padding = look.palette === 'page' || look.isFlush ? 0 : PADDING_PX;
  const sheet = new Sheet({ ...look, widthPx: look.widthPx - 2 * padding });
  const { body, heightPx } = titled(sheet, chart);
  const height = Math.ceil(heightPx) + 2 * padding;
  return markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${look.widthPx} ${height}" width="${look.widthPx}" height="${height}" role="img" font-family="${FONTS}">
<title>${chart.title}</title><desc>${inWords(chart)}</desc>
${ground(look, height)}<g transform="translate(${padding} ${padding})">
${body}</g>
</svg>
`.html;
}

function titled(sheet: Sheet, chart: Chart): Drawn {
  const title = wrapped(chart.title, TITLE_PX, sheet.look.widthPx);
  const top = title.length * TITLE_LINE_PX + 8;
  const { body, heightPx } = drawn(sheet, chart, top);
  const lines = title.map((line, index) =>
    sheet.text(0, TITLE_PX + index * TITLE_LINE_PX, line, { sizePx: TITLE_PX, isBold: true }),
  );
  return { body: markup`${lines}${body}`, heightPx: top + heightPx };
}

/** A page has its own ground. */
const ground = (look: ChartLook, height: number): Markup | null =>
  look.palette === 'page'
    ? null
    : markup`${look.palette === 'adaptive' ? markup`<style>${chartColours('svg')}</style>\n` : null}<rect width="${look.widthPx}" height="${height}" fill="${colour(look, 'sheet')}"/>\n`;

function drawn(sheet: Sheet, chart: Chart, top: number): Drawn {
  if (isEmpty(chart)) return { body: sheet.text(0, top + 14, 'nothing to show', { role: 'quiet' }), heightPx: 24 };
  switch (chart.shape) {
    case 'bars':
      return drawBars(sheet, chart, top);
    case 'line':
      return drawLine(sheet, chart, top);
    case 'heat-map':
      return drawHeatMap(sheet, chart, top);
  }
}

const isEmpty = (chart: Chart): boolean => (chart.shape === 'heat-map' ? chart.rows : chart.points).length === 0;

/** Every number of bars and lines, as one sentence; of a field of many cells the table beside it tells more. */
function inWords(chart: Chart): string {
  const target = chart.target === undefined ? '' : `; target ${valueText(chart.target, chart.kind)}`;
  if (chart.shape !== 'heat-map') return `${chart.points.map((point) => spoken(chart, point)).join(', ')}${target}`;
  const [from, to] = [chart.columns[0] ?? '', chart.columns.at(-1) ?? ''];
  return `${chart.rows.map(({ label }) => label).join(', ')} by ${from} to ${to}${target}`;
}

function spoken({ kind }: Chart, { label, value, target }: Point): string {
  const said = `${label}: ${value === null ? 'no leads' : valueText(value, kind)}`;
  return target === undefined ? said : `${said} (target ${valueText(target, kind)})`;
}
