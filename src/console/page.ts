import { markup, type Markup } from '../domain/notices/index.js';

interface PageFrame {
  /** What stands above the main part, the same on each page of its kind. */
  readonly above?: Markup;
  /** Whom links and forms tell where they were; a form that is sent to us must say so. */
  readonly referrer?: 'no-referrer' | 'same-origin';
}

/** A whole page around its body, with its look: no script, no request to elsewhere, nothing for search engines. */
export const pageAround = (title: string, style: Markup, body: Markup, frame: PageFrame = {}): string =>
  markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="${frame.referrer ?? 'no-referrer'}">
<title>${title} · Handoff</title>
<style>${style}</style>
</head>
<body>
${frame.above}<main id="main">
${body}
</main>
</body>
</html>
`.html;
