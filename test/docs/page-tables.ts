/** The rows of the first table below a heading of a page, each as its cells. */
export function tableBelow(page: string, heading: string): string[][] {
  const [, below = ''] = page.split(new RegExp(`^#+ ${heading}$`, 'm'));
  const lines = below.split(/^#+ /m)[0]!.split('\n');
  const rows = lines.filter((line) => line.startsWith('|')).map((line) => line.split('|').slice(1, -1));
  return rows.slice(2).map((cells) => cells.map((cell) => cell.trim()));
}

export const codesIn = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);
