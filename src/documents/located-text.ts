import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Node,
} from 'yaml';
import { dottedPath, type Flaw, type Mistake, type NodePath, type Reading } from './mistake.js';

/** The value of a YAML or JSON text, and where in the text each part of it stands. */
export interface LocatedText {
  readonly file: string;
  readonly value: unknown;
  /** Gives a flaw of `value` its line and column: those of the deepest part of its path that exists. */
  locate(flaw: Flaw): Mistake;
}

/**
 * Reads YAML 1.2 or JSON: `on` is a word, `2026-11-26` and `24:00` are texts, `NO` is Norway.
 * Two equal keys in one map, unknown tags and more than one document are mistakes.
 */
export function readLocated(text: string, file: string): Reading<LocatedText> {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { version: '1.2', lineCounter: lines, prettyErrors: false });
  const document = Array.isArray(documents) ? documents[0] : undefined;
  if (document === undefined) return { mistakes: [topMistake(file, 'the file is empty')] };
  const place = (offset: number, path: NodePath, message: string): Mistake => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col, path: dottedPath(path), message };
  };
  const syntaxMistakes = [...document.errors, ...document.warnings].map((error) =>
    place(error.pos[0], [], `this is not well-formed YAML or JSON: ${error.message}`),
  );
  if (documents.length > 1) {
    syntaxMistakes.push(place(documents[1]!.range[0], [], 'a second document begins here; write one to a file'));
  }
  if (syntaxMistakes.length > 0) return { mistakes: syntaxMistakes };
  const value = valueOf(document);
  if (value.tooManyAliases) return { mistakes: [topMistake(file, 'aliases repeat too much; write the values out')] };
  const locate = ({ path, message, atKey }: Flaw) => place(offsetOf(document, path, atKey === true), path, message);
  return { value: { file, value: value.plain, locate }, mistakes: [] };
}

function topMistake(file: string, message: string): Mistake {
  return { file, line: 1, column: 1, path: '', message };
}

function valueOf(document: Document): { plain?: unknown; tooManyAliases?: true } {
  try {
    return { plain: document.toJS({ maxAliasCount: 100 }) as unknown };
  } catch (error) {
    if (error instanceof ReferenceError) return { tooManyAliases: true };
    throw error;
  }
}

function offsetOf(document: Document, path: NodePath, atKey: boolean): number {
  let node: Node | null = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [depth, part] of path.entries()) {
    const { key, value } = childOf(resolved(document, node), part);
    const isLast = depth === path.length - 1;
    offset = (isLast && atKey ? startOf(key) : startOf(value)) ?? startOf(key) ?? offset;
    if (value === null) break;
    node = value;
  }
  return offset;
}

function resolved(document: Document, node: Node | null): Node | null {
  return isAlias(node) ? (node.resolve(document) ?? null) : node;
}

function childOf(node: Node | null, part: string | number): { key: Node | null; value: Node | null } {
  if (isSeq(node)) return { key: null, value: nodeOrNull(node.items[Number(part)]) };
  const pair = isMap(node) ? node.items.find(({ key }) => keyText(key) === String(part)) : undefined;
  return { key: nodeOrNull(pair?.key), value: nodeOrNull(pair?.value) };
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

function nodeOrNull(value: unknown): Node | null {
  return isNode(value) ? value : null;
}

function startOf(node: Node | null): number | undefined {
  return node?.range?.[0];
}
