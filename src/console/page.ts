import { markup, type Markup } from '../domain/notices/index.js';
import { leadPageStyle } from './lead-page-style.js';

/** A whole page around its body: no script, no request to elsewhere, nothing for search engines. */
export const page = (title: string, body: Markup): string =>
  markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>${title} · Handoff</title>
<style>${leadPageStyle}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`.html;
