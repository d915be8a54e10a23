/** Keys and list positions from the top of a document down to a node. */
export type NodePath = readonly (string | number)[];

/** A mistake in a document's values, before anybody knows where in a file they stand. */
export interface Flaw {
  readonly path: NodePath;
  readonly message: string;
  /** The key itself is wrong, not what stands under it. */
  readonly atKey?: boolean;
}

/** A mistake with its place: lines and columns count from 1, the path is dotted as in a scenario's `set`. */
export interface Mistake {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly message: string;
}

/** What reading a file gives: its value, or every mistake in it. */
export type Reading<T> =
  | { readonly value: T; readonly mistakes: readonly [] }
  | { readonly value?: undefined; readonly mistakes: readonly Mistake[] };

/** `file:line:column path: message`, as editors and terminals know how to open. */
export function formatMistake({ file, line, column, path, message }: Mistake): string {
  return `${file}:${line}:${column} ${path === '' ? '' : `${path}: `}${message}`;
}

/** Mistakes in the order in which a reader of the file meets them. */
export function inOrder<T extends Mistake>(mistakes: readonly T[]): readonly T[] {
  return [...mistakes].sort((a, b) => (a.file === b.file ? a.line - b.line || a.column - b.column : 0));
}

export function dottedPath(path: NodePath): string {
  return path.join('.');
}
