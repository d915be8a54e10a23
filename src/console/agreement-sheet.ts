import { markup, type Markup } from '../domain/notices/index.js';
import { agreementStyle } from './agreement-style.js';

/** A page about an agreement: whole in itself, nothing is fetched for it. */
export const agreementSheet = (title: string, body: Markup): string =>
  markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>${title} · Handoff</title>
<style>${agreementStyle}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`.html;
