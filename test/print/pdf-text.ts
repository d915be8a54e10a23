import { inflateSync } from 'node:zlib';

/** What a PDF of ours says and how many pages it has: read from its streams, as a reader's program would. */
export interface ReadPdf {
  readonly pageCount: number;
  /** All text in the order in which it is drawn, lines joined by spaces. */
  readonly text: string;
}

type Objects = ReadonlyMap<string, { readonly head: string; readonly stream: string }>;

export function readPdf(bytes: Uint8Array): ReadPdf {
  const objects = objectsOf(Buffer.from(bytes));
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b/.test(head));
  const text = pages.map(({ head }) => textOf(contentOf(head, objects), fontsOf(objects))).join(' ');
  return { pageCount: pages.length, text: text.replaceAll(/\s+/g, ' ') };
}

function objectsOf(bytes: Buffer): Objects {
  const source = bytes.toString('latin1');
  const found = [...source.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, number, body]) => {
    const [head = '', raw] = body!.split(/\nstream\n/);
    const data = raw === undefined ? '' : raw.slice(0, raw.lastIndexOf('\nendstream'));
    const isPacked = head.includes('/FlateDecode') && !head.includes('/FontFile');
    const stream = isPacked ? unpacked(data) : data;
    return [number!, { head, stream }] as const;
  });
  return new Map(found);
}

function unpacked(data: string): string {
  return inflateSync(Buffer.from(data, 'latin1')).toString('latin1');
}

const contentOf = (head: string, objects: Objects): string =>
  objects.get(/\/Contents (\d+) 0 R/.exec(head)![1]!)!.stream;

type Font = ReadonlyMap<string, string>;

/** Each font's letters by their code, under the name by which pages ask for it. */
function fontsOf(objects: Objects): ReadonlyMap<string, Font> {
  const names = [...objects.values()].flatMap(({ head }) => [...head.matchAll(/\/(F\d+) (\d+) 0 R/g)]);
  return new Map(
    names.map(([, name, number]) => {
      const [, map] = /\/ToUnicode (\d+) 0 R/.exec(objects.get(number!)!.head)!;
      return [name!, lettersOf(objects.get(map!)!.stream)];
    }),
  );
}

function lettersOf(map: string): Font {
  const ranges = [...map.matchAll(/<([\da-f]+)> <[\da-f]+> \[([^\]]*)\]/gi)];
  return new Map(
    ranges.flatMap(([, first, letters]) =>
      [...letters!.matchAll(/<([\da-f ]+)>/gi)].map(([, units], index) => [
        (Number.parseInt(first!, 16) + index).toString(16).padStart(4, '0'),
        Buffer.from(units!.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'),
      ]),
    ),
  );
}

const DRAWN = /\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ|(<[\da-f]+>) Tj|\b(ET)\b/gi;

/** The letters that a page draws; each drawing ends a line. */
function textOf(content: string, fonts: ReadonlyMap<string, Font>): string {
  let font: Font = new Map();
  const lines: string[] = [];
  // Letters are drawn line by line (`TJ`), in drawings one by one (`Tj`) from `BT` to `ET`.
  for (const [, name, drawn, letter, end] of content.matchAll(DRAWN)) {
    if (name !== undefined) font = fonts.get(name)!;
    const codes = [...(drawn ?? letter ?? '').matchAll(/<([\da-f]+)>/gi)].flatMap(([, hex]) => hex!.match(/.{4}/g)!);
    const text = codes.map((code) => font.get(code.toLowerCase())).join('');
    if (letter === undefined) lines.push(text);
    else lines.push((lines.pop() ?? '') + text);
    if (end !== undefined) lines.push('');
  }
  return lines.filter((line) => line !== '').join(' ');
}
