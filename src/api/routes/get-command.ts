import { ProblemError } from '../problems.js';
import { json, type Route } from '../route.js';
import { commandView } from '../views/command-view.js';

export const getCommand: Route = {
  method: 'get',
  path: '/v1/commands/:id',
  access: 'key',
  roles: ['rep', 'ops', 'leader'],
  summary: 'What became of a command',
  async handle({ params }, { commandStore }) {
    const record = await commandStore.find(params['id'] ?? '');
    if (record === undefined) throw new ProblemError('unknown-command');
    return json(200, commandView(record));
  },
};
