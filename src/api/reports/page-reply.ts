import type { ReportPages } from '../../console/reports/report-pages.js';
import type { Reply } from '../route.js';

/** A page for readers of reports: kept by nobody, fetching nothing, telling no other site where its reader was. */
export const pageReply = ({ contentPolicy }: ReportPages, html: string, status = 200): Reply => ({
  status,
  content: { kind: 'html', html },
  headers: {
    'Cache-Control': 'no-store',
    'Content-Security-Policy': contentPolicy,
    'Referrer-Policy': 'same-origin',
    'X-Robots-Tag': 'noindex',
  },
});

/** Sends a browser on, by a GET. */
export const seeOther = (to: string, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status: 303,
  content: { kind: 'text', text: '' },
  headers: { ...headers, Location: to, 'Cache-Control': 'no-store' },
});

/** Where readers sign in, to go on to the page they wanted. */
export const signInAddress = (to: string): string => `/reports/sign-in?to=${encodeURIComponent(to)}`;

/** A page of ours; whatever could lead elsewhere leads to the first one. */
export const ownPage = (to: string | undefined): string =>
  to !== undefined && /^\/reports(?:[/?][\w\-./?&=%:+~,@ ]*)?$/.test(to) && !to.includes('//') ? to : '/reports';
