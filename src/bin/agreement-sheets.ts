import type { AgreementSheets } from '../console/agreement-sheets.js';
import { renderDiffPage } from '../console/agreement-diff-page.js';
import { renderAgreementPage } from '../console/agreement-page.js';

/** How agreements look in a browser and on paper, for the command line and the API. */
export const agreementSheets: AgreementSheets = {
  html: renderAgreementPage,
  diffHtml: renderDiffPage,
  pdf: async (page, print) => {
    // Loaded only here: fonts and PDF are heavy, and most commands print none.
    const { printAgreement } = await import('../print/agreement-pdf.js');
    return printAgreement(page, print);
  },
};
