import { onePageOf, parseAgreement, type OnePage, type PaperSize } from '../../documents/index.js';
import type { CliPorts, ExitCode } from '../ports.js';
import { askStored, readSource, versionNamed } from './agreement-source.js';

export interface PageOptions {
  /** A file that ends in .pdf or .html; absent: HTML on standard output. */
  readonly out?: string;
  readonly paper: PaperSize;
}

/** `handoff agreement page`: the page that two heads sign, of a file or of a stored version with its signatures. */
export async function printPage(source: string, options: PageOptions, ports: CliPorts): Promise<ExitCode> {
  const { out, paper } = options;
  const format = out === undefined ? 'html' : /\.(pdf|html)$/.exec(out)?.[1];
  if (format === undefined) {
    ports.output.error(`--out ${out}: the page is written to a file that ends in .pdf or .html`);
    return 2;
  }
  const isStored = ports.readText(source) === undefined && versionNamed(source) !== undefined;
  const printed = isStored
    ? await askStored(source, `?format=${format}&paper=${paper}`, ports)
    : await printFile(source, format === 'pdf' ? paper : undefined, ports);
  if (printed === undefined) return 2;
  if (out === undefined) ports.output.line(printed.toString());
  else ports.writeFile(out, printed);
  return 0;
}

/** As PDF on that paper, else as HTML; `undefined` if the file has mistakes, which then have been told. */
async function printFile(source: string, paper: PageOptions['paper'] | undefined, ports: CliPorts) {
  const page = await pageOfFile(source, ports);
  if (page === undefined) return undefined;
  // A file is no version yet: it has no date of its own.
  return paper === undefined ? ports.sheets.html(page) : ports.sheets.pdf(page, { paper, date: new Date(0) });
}

async function pageOfFile(source: string, ports: CliPorts): Promise<OnePage | undefined> {
  const found = await readSource(source, ports);
  if (found === undefined) return undefined;
  const { document, terms, mistakes } = parseAgreement(found.text, source, ports.calendars, { at: ports.now() });
  if (document === undefined) {
    ports.output.error(`${source} has ${mistakes.length} mistakes: see handoff agreement lint ${source}`);
    return undefined;
  }
  return onePageOf(document, { key: terms.key, status: 'file', signatures: {} });
}
