import { Markup } from '../domain/notices/index.js';

/** The look of the lead's page; all of it, so that the page asks nobody else for anything. */
export const leadPageStyle = new Markup(`
:root {
  color-scheme: light dark;
  --ground: light-dark(#f3f5f8, #14171c); --sheet: light-dark(#fff, #1d2127); --ink: light-dark(#1d2733, #e7ebf0);
  --quiet: light-dark(#5d6b7a, #9aa7b4); --line: light-dark(#e3e8ee, #2e343d); --calm: light-dark(#0b6e6e, #5cc4c4);
  --alarm: light-dark(#b3261e, #ff9b93);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.5 -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif; }
main { max-width: 46rem; margin: 2rem auto; padding: 1.75rem 2rem; background: var(--sheet);
  border: 1px solid var(--line); border-top: 4px solid var(--calm); border-radius: .6rem; }
h1 { margin: 0; font-size: 1.6rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 1.75rem 0 .5rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); color: var(--quiet);
  font-size: .95rem; font-weight: 600; }
header p { margin: .2rem 0 0; }
ul, ol { margin: 0; padding: 0; list-style: none; }
li { padding: .2rem 0; overflow-wrap: anywhere; }
.pair { display: grid; grid-template-columns: minmax(16.5rem, 38%) 1fr; gap: 1rem; }
.quiet { color: var(--quiet); font-variant-numeric: tabular-nums; }
.urgent, .urgent .quiet { color: var(--alarm); }
.tags { padding-top: .4rem; }
.tag { display: inline-block; margin: 0 .25rem .25rem 0; padding: 0 .6rem; border: 1px solid currentColor;
  border-radius: 1rem; font-size: .82rem; line-height: 1.5rem; }
.calm { color: var(--calm); }
.alarm { color: var(--alarm); }
.plain { color: var(--quiet); }
footer { margin-top: 2rem; padding-top: .75rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: .82rem; }
@media (max-width: 560px) {
  main { margin: 0; padding: 1.25rem 1rem 2rem; border-width: 4px 0 0; border-radius: 0; min-height: 100vh; }
  .pair { grid-template-columns: 1fr; gap: 0; padding: .35rem 0; }
}
`);
