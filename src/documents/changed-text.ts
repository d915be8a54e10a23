import { parseDocument } from 'yaml';
import { canonicalJson } from './canonical-json.js';
import { setPaths, type Lines } from './set-paths.js';

/**
 * The text of an agreement with lines of it set, comments and order as they were. Where that cannot be done line by line,
 * as through an alias, it is the whole document as JSON.
 * @throws RangeError for lines that make no sense
 */
export function changedText(text: string, lines: Lines): string {
  const edited = parseDocument(text, { version: '1.2' });
  // By way of a text, so that places which share an alias are no longer one.
  const { document: changed, places } = setPaths(JSON.parse(JSON.stringify(edited)), lines);
  if (places === undefined) throw new RangeError(`${Object.keys(lines).join(', ')} cannot be set`);
  for (const [line, path] of places) {
    if (lines[line] === null) edited.deleteIn(path);
    else edited.setIn(path, lines[line]);
  }
  const isSame = canonicalJson(edited.toJS() as unknown) === canonicalJson(changed);
  return isSame ? edited.toString({ lineWidth: 0 }) : JSON.stringify(changed, null, 2);
}
