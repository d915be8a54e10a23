/** The look of the inbox; all of it, so that the page asks nobody else for anything. */
export const inboxStyle = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f4f5f7, #16181d); --sheet: light-dark(#fff, #1e2128); --ink: light-dark(#1c2330, #e6e9ef);
  --faint: light-dark(#667085, #98a2b3); --line: light-dark(#e4e7ec, #2d323c); --chosen: light-dark(#eaf1ff, #24304a);
  --accent: light-dark(#1f5fd1, #7fb0ff);
}
* { box-sizing: border-box; }
body { margin: 0; height: 100vh; display: grid; grid-template: auto 1fr / minmax(18rem, 27rem) 1fr;
  font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif; color: var(--ink); background: var(--ground); }
a { color: var(--accent); }
header { grid-column: 1 / -1; display: flex; gap: .75rem; align-items: baseline; padding: .8rem 1.25rem;
  background: var(--sheet); border-bottom: 1px solid var(--line); }
header h1 { margin: 0; font-size: 1.05rem; }
header p { margin: 0; color: var(--faint); }
header a { margin-left: auto; }
nav { overflow-y: auto; background: var(--sheet); border-right: 1px solid var(--line); }
nav .people { display: flex; flex-wrap: wrap; gap: .35rem; padding: .75rem 1rem; border-bottom: 1px solid var(--line); }
nav .people a { padding: .1rem .6rem; border: 1px solid var(--line); border-radius: 1rem; font-size: .82rem;
  color: inherit; text-decoration: none; }
nav .people a[aria-current] { background: var(--accent); border-color: var(--accent); color: var(--sheet); }
nav ol { list-style: none; margin: 0; padding: 0; }
nav li a { display: grid; grid-template-columns: 1fr auto; column-gap: .75rem; padding: .65rem 1rem;
  border-bottom: 1px solid var(--line); color: inherit; text-decoration: none; }
nav li a:hover, nav li a:focus-visible, nav li a[aria-current] { background: var(--chosen); }
nav li strong { grid-column: 1 / -1; overflow-wrap: anywhere; line-height: 1.35; }
nav li time { order: 1; }
nav li span { color: var(--faint); font-size: .87rem; overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; }
time { color: var(--faint); font-size: .85rem; white-space: nowrap; }
main { display: flex; flex-direction: column; min-width: 0; overflow-y: auto; padding: 1.5rem 2rem; }
main h2 { margin: 0 0 .75rem; font-size: 1.35rem; line-height: 1.3; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0 0 1rem; }
dt { color: var(--faint); }
dd { margin: 0; overflow-wrap: anywhere; }
.views { display: flex; gap: 1rem; border-bottom: 1px solid var(--line); margin-bottom: 1rem; }
.views a { padding: .35rem 0; color: var(--faint); text-decoration: none; border-bottom: 2px solid transparent; }
.views a[aria-current] { color: var(--ink); border-color: var(--accent); }
iframe { flex: 1; min-height: 24rem; width: 100%; border: 1px solid var(--line); border-radius: .5rem; background: #fff; }
pre { margin: 0; padding: 1.25rem; white-space: pre-wrap; overflow-wrap: anywhere; font: 14px/1.55 ui-monospace, monospace;
  background: var(--sheet); border: 1px solid var(--line); border-radius: .5rem; }
.empty { margin: auto; max-width: 26rem; text-align: center; color: var(--faint); }
@media (max-width: 720px) { body { height: auto; grid-template: auto / 1fr; } main { padding: 1rem; } }
`;
