import type { OnePage } from '../documents/index.js';
import type { AgreementPrint } from '../print/agreement-pdf.js';
import type { DiffPageView } from './agreement-diff-page.js';

/** How agreements look in a browser and on paper; those who show them get it handed in. */
export interface AgreementSheets {
  html(page: OnePage): string;
  pdf(page: OnePage, print: AgreementPrint): Promise<Uint8Array>;
  diffHtml(view: DiffPageView): string;
}
