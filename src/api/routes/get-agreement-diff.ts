import { z } from 'zod';
import { formatChange } from '../../documents/index.js';
import type { AgreementVersion } from '../../domain/agreement/index.js';
import { json, type Reply, type Route } from '../route.js';
import { validatedQuery } from '../validated-body.js';
import { requireVersion } from './version-of.js';

const query = z.strictObject({ format: z.enum(['json', 'text', 'html']).default('json') });

export const getAgreementDiff: Route = {
  method: 'get',
  path: '/v1/agreements/:name/diff/:before/:after',
  access: 'key',
  roles: ['rep', 'ops', 'leader'],
  summary: 'What one version says otherwise than another, in the words of the agreement',
  async handle(call, parts): Promise<Reply> {
    const { format } = validatedQuery(query, call.query);
    const { name = '', before: former = '', after: later = '' } = call.params;
    const versionOf = (version: string) => requireVersion({ ...call, params: { name, version } }, parts);
    const [before, after] = [await versionOf(former), await versionOf(later)];
    if (format === 'html') {
      return { status: 200, content: { kind: 'html', html: parts.agreementPapers.diffHtml(before, after) } };
    }
    const changes = parts.agreementPapers.diff(before, after);
    if (format === 'json') return json(200, { before: refView(before), after: refView(after), changes });
    return {
      status: 200,
      content: { kind: 'text', text: changes.map((change) => `${formatChange(change)}\n`).join('') },
    };
  },
};

const refView = ({ name, version, key }: AgreementVersion) => ({ agreement: name, version, hash: key });
