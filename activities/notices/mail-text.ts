import { sectionsOf, type Section } from '../../src/domain/notices/index.js';
import { closingSentence, standInSentences, type Letter } from './letter.js';

/** The letter as plain text, for readers and programs that want no HTML. */
export function textOf(letter: Letter): string {
  const { news, briefing, link, linkExpiresAt, say } = letter;
  const blocks = [
    ...standInSentences(letter),
    news.headline.toUpperCase(),
    [briefing.person, ...(briefing.company === null ? [] : [briefing.company])].join(', '),
    news.opening.join('\n'),
    ...sectionsOf(letter.briefing, letter.say).map(sectionText),
    `Open this lead: ${link}\n(works until ${say(linkExpiresAt)} for everybody who has it)`,
    `-- \n${closingSentence(letter)}`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

const sectionText = ({ title, lines }: Section): string =>
  [title, ...lines.map(({ lead, text }) => (lead === undefined ? `  - ${text}` : `  - ${lead}: ${text}`))].join('\n');
