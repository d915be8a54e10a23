export { createApi, type Api, type ApiDeps } from './api.js';
export { listen, type HttpServer } from './http-server.js';
export type { RemindOfNotices } from './notice-releases.js';
export type { AgreementDesk } from './agreements/agreement-desk.js';
export type { LeadPages, ReadinessCheck, SigningPages } from './parts.js';
export { versionProblem as versionProblemOf } from './problems.js';
export { sentenceOf } from './views/sentence.js';
