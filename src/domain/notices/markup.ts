/** Text that is HTML already; everything else is escaped where it enters. */
export class Markup {
  constructor(readonly html: string) {}
}

type Part = Markup | string | number | null | undefined | readonly Part[];

/** Builds HTML: values that are not `Markup` themselves are escaped, lists are joined, null and undefined are nothing. */
export const markup = (texts: TemplateStringsArray, ...values: readonly Part[]): Markup =>
  new Markup(texts.map((text, index) => text + htmlOf(values[index])).join(''));

function htmlOf(part: Part): string {
  if (part === null || part === undefined) return '';
  if (part instanceof Markup) return part.html;
  if (typeof part === 'object') return part.map(htmlOf).join('');
  return escape(String(part));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!);
