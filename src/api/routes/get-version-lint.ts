import { z } from 'zod';
import { formatRemark, type Judgement } from '../../documents/index.js';
import type { AgreementVersion } from '../../domain/agreement/index.js';
import { json, type Route } from '../route.js';
import { validatedQuery } from '../validated-body.js';
import { requireVersion, VERSION_PATH } from './version-of.js';

const query = z.strictObject({ format: z.enum(['json', 'text']).default('json') });

export const getVersionLint: Route = {
  method: 'get',
  path: `${VERSION_PATH}/lint`,
  access: 'key',
  roles: ['rep', 'ops', 'leader'],
  summary: 'Where a version would fail: judged with the directory and the leads of the last 13 weeks',
  async handle(call, parts) {
    const { format } = validatedQuery(query, call.query);
    const version = await requireVersion(call, parts);
    const judgement = await parts.agreementPapers.lint(version, call.receivedAt);
    if (format === 'json') return json(200, lintView(version, judgement));
    const text = judgement.remarks.map((remark) => `${formatRemark(remark)}\n`).join('');
    return { status: 200, content: { kind: 'text', text } };
  },
};

function lintView({ name, version, key, terms }: AgreementVersion, { remarks }: Judgement) {
  const errorCount = remarks.filter(({ severity }) => severity === 'error').length;
  const clockCount = Object.keys(terms.clocks).length;
  const warningCount = remarks.length - errorCount;
  return { agreement: name, version, hash: key, clockCount, errorCount, warningCount, remarks };
}
