import type { Chart } from '../domain/reports/index.js';

/** Draws a chart as SVG, so wide that letters have their natural size. */
export type DrawChart = (chart: Chart, widthPx: number) => string;

/** The sides of a drawing, as its viewBox tells. */
export function sizeOf(svg: string): readonly [width: number, height: number] {
  const [, width, height] = /viewBox="0 0 (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)"/.exec(svg) ?? [];
  if (width === undefined || height === undefined) throw new Error('a chart begins with its viewBox');
  return [Number(width), Number(height)];
}

/** What a drawing shows, as it tells in words. */
export const altOf = (svg: string): string =>
  [/<title>([^<]*)/, /<desc>([^<]*)/].flatMap((part) => plain(part.exec(svg)?.[1] ?? '') || []).join(': ');

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const plain = (text: string): string =>
  text.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name]!);
