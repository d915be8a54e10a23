import { json, type Route } from '../route.js';
import { versionView } from '../views/version-view.js';
import { requireVersion, VERSION_PATH } from './version-of.js';

export const getAgreementVersion: Route = {
  method: 'get',
  path: VERSION_PATH,
  access: 'key',
  roles: ['rep', 'ops', 'leader'],
  summary: 'One version: its document, where it stands, who has signed',
  async handle(call, { versions, directory }) {
    return json(200, versionView(await requireVersion(call, { versions }), await directory.read()));
  },
};
