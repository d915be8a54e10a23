import { markup, type Markup } from '../domain/notices/index.js';

/** A whole page around its body, with its look: no script, no request to elsewhere, nothing for search engines. */
export const pageAround = (title: string, style: Markup, body: Markup): string =>
  markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>${title} · Handoff</title>
<style>${style}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`.html;
