import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const entry = new URL('./fold-share.ts', import.meta.url);
let made: Promise<string> | undefined;

/**
 * The code of a what-if thread in one piece, made once: a thread that loads its hundred modules one by one, each
 * translated on the way, takes more than a second of a processor before it reads its first lead.
 */
export const threadCode = (): Promise<string> => (made ??= bundle());

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
    external: ['pg-native'],
    // Data files are required from beside the code, which itself is no file any more.
    define: { 'import.meta.url': JSON.stringify(entry.href) },
  });
  return outputFiles[0]!.text;
}
