/**
 * Here live the words that sales ops say about one lead on the command line, and how they read what comes back. The API
 * decides all of it; nothing here knows a rule.
 */
import { touchChannels } from '../../domain/agreement/index.js';
import { touchOrigins, touchOutcomes, type CommandType } from '../../domain/lifecycle/commands.js';

/** One option of a command: its name is that of the API's field, written with dashes. */
export interface FieldOption {
  readonly flags: string;
  readonly description: string;
  readonly isRequired?: true;
  readonly choices?: readonly string[];
  readonly isNumber?: true;
}

export interface LeadCommand {
  readonly type: CommandType;
  readonly description: string;
  readonly fields: readonly FieldOption[];
}

const reason: FieldOption = { flags: '--reason <reason>', description: 'why', isRequired: true };
const notes: FieldOption = { flags: '--notes <text>', description: 'what else there is to say' };
const nextStepAt: FieldOption = { flags: '--next-step-at <instant>', description: 'when the next step is planned' };
const entry: FieldOption = {
  flags: '--touch <entry>',
  description: 'the entry of the touch, as the timeline numbers it',
  isRequired: true,
  isNumber: true,
};

/** Every command of the API that repairs a lead, in the order in which help shows them. */
export const leadCommands: readonly LeadCommand[] = [
  { type: 'accept', description: 'accept the lead', fields: [] },
  { type: 'reject', description: 'reject the lead, for a reason of the agreement', fields: [reason, notes] },
  {
    type: 'touch',
    description: 'log an attempt to reach the prospect',
    fields: [
      { flags: '--channel <channel>', description: 'on which channel', isRequired: true, choices: touchChannels },
      { flags: '--outcome <outcome>', description: 'what came of it', isRequired: true, choices: touchOutcomes },
      { flags: '--origin <origin>', description: 'who or what made it; human unless said', choices: touchOrigins },
      { flags: '--occurred-at <instant>', description: 'when it happened; now unless said' },
      nextStepAt,
    ],
  },
  {
    type: 'status',
    description: 'say how the lead stands',
    fields: [{ flags: '--text <text>', description: 'how it stands', isRequired: true }, nextStepAt],
  },
  {
    type: 'dispose',
    description: 'decide the lead, by a route or a reason of the agreement',
    fields: [
      { flags: '--route <route>', description: 'on to sales', choices: ['sales-qualified'] },
      { flags: '--reason <reason>', description: 'a reason of the agreement' },
      notes,
      { flags: '--wake-on <date>', description: 'the day on which a recycled lead comes back' },
      { flags: '--friction <text>', description: 'what of the talk track did not help, or got in the way' },
      { flags: '--content-gap <text>', description: 'what you would have needed to show, and did not have' },
    ],
  },
  {
    type: 'feedback',
    description: 'tell marketing why the lead was disqualified',
    fields: [{ flags: '--notes <text>', description: 'what marketing should know', isRequired: true }],
  },
  {
    type: 'reassign',
    description: 'give the lead to somebody else',
    fields: [{ flags: '--to <person>', description: 'to whom', isRequired: true }],
  },
  {
    type: 'pause',
    description: "let sales' clocks rest",
    fields: [reason, { flags: '--until <instant>', description: 'until when at the latest' }],
  },
  { type: 'resume', description: 'end the pause', fields: [] },
  {
    type: 'acknowledge',
    description: 'say that an escalation was heard, which puts its next tier off',
    fields: [{ flags: '--clock <name>', description: 'of which clock', isRequired: true }],
  },
  { type: 'dispute', description: 'say that the lead is not what was agreed', fields: [reason, notes] },
  {
    type: 'resolve-dispute',
    description: 'decide the dispute',
    fields: [
      {
        flags: '--decision <decision>',
        description: 'upheld closes the lead, denied lets the clocks go on',
        isRequired: true,
        choices: ['upheld', 'denied'],
      },
      notes,
    ],
  },
  { type: 'reopen', description: 'take back a closing that was a mistake', fields: [reason] },
  { type: 'retract', description: 'take back a touch that was logged by mistake', fields: [entry, reason] },
  {
    type: 'mark-bounced',
    description: 'say that a touch never arrived',
    fields: [entry, { flags: '--reason <text>', description: 'what came back' }],
  },
];
