import { fileReply, formatOf, versionQuery } from '../agreements/version-formats.js';
import { json, type Route } from '../route.js';
import { validatedQuery } from '../validated-body.js';
import { versionView } from '../views/version-view.js';
import { requireVersion, VERSION_PATH } from './version-of.js';

export const getAgreementVersion: Route = {
  method: 'get',
  path: VERSION_PATH,
  access: 'key',
  roles: ['rep', 'ops', 'leader'],
  summary: 'One version: its document, where it stands, who has signed; as JSON, YAML, HTML or PDF',
  async handle(call, { versions, directory, agreementPapers }) {
    const { format: wanted, paper } = validatedQuery(versionQuery, call.query);
    const format = formatOf(call, wanted);
    const version = await requireVersion(call, { versions });
    if (format !== 'json') return fileReply(version, format, paper, agreementPapers);
    return json(200, versionView(version, await directory.read()), { Vary: 'Accept' });
  },
};
