import {
  formatMistake,
  historyRowFrom,
  parseHistoryMapping,
  plainMapping,
  unknownColumns,
  type HistoryMapping,
} from '../../documents/index.js';
import { importFile } from '../imports/import-file.js';
import type { CliPorts, ExitCode } from '../ports.js';

/** `handoff history import`: ends with 1 if a row was bad, with 2 if the import could not go on. */
export async function importHistory(file: string, mappingFile: string | undefined, ports: CliPorts): Promise<ExitCode> {
  const mapping = mappingFile === undefined ? plainMapping : readMapping(mappingFile, ports);
  if (mapping === undefined) return 2;
  return importFile(file, ports, {
    path: '/v1/history/imports',
    // With a mapping any column may be there.
    unknownColumns: mappingFile === undefined ? unknownColumns : () => [],
    columnsAdvice: 'give a mapping, or write columns as docs/what-if.md lists them',
    rowFrom: (cells) => historyRowFrom(cells, mapping, ports.localInstant),
  });
}

function readMapping(file: string, { readText, output }: CliPorts): HistoryMapping | undefined {
  const content = readText(file);
  if (content === undefined) output.error(`${file}:1:1: there is no readable file here; expected a mapping in YAML`);
  if (content === undefined) return undefined;
  const { value, mistakes } = parseHistoryMapping(content, file);
  for (const mistake of mistakes) output.error(formatMistake(mistake));
  return value;
}
