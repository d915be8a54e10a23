export { createApi, type Api, type ApiDeps } from './api.js';
export { listen, type HttpServer } from './http-server.js';
export type { RemindOfNotices } from './notice-releases.js';
export type { LeadPages, ReadinessCheck } from './parts.js';
export { sentenceOf } from './views/sentence.js';
