import { belongsToAnother, mayRead } from '../own-leads.js';
import { requirePrincipal } from '../principal.js';
import { ProblemError } from '../problems.js';
import { json, type Route } from '../route.js';
import { commandView } from '../views/command-view.js';

export const getCommand: Route = {
  method: 'get',
  path: '/v1/commands/:id',
  access: 'key',
  roles: ['rep', 'ops', 'leader'],
  summary: 'What became of a command',
  async handle(call, { commandStore }) {
    const record = await commandStore.find(call.params['id'] ?? '');
    if (record === undefined) throw new ProblemError('unknown-command');
    const { by } = record.command;
    if (!mayRead(requirePrincipal(call), by)) throw belongsToAnother('That command was given by somebody else');
    return json(200, commandView(record));
  },
};
