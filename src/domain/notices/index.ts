/**
 * Here lives who hears what, when and in which words about a lead: notices, their keys and readers, the briefing that
 * mails and the lead's page show. Nothing here sends, knows addresses' servers or reads a clock.
 */
export { briefingOf, termsKeysOf, type Agreements, type Briefing, type PromiseLine } from './briefing.js';
export { eventsCausingNotices } from './causes.js';
export type { CoursePoint } from './course.js';
export type { HeldNotice, HeldNotices } from './holds.js';
export { Markup, markup } from './markup.js';
export { newsOf, type News } from './news.js';
export { noticeKey, noticesOf, type Notice, type NoticeKind } from './notice.js';
export type { Attachment, Mail, Mailer, MailOutcome, NoticeClaim, NoticeStanding, NoticeStore } from './ports.js';
export { sectionsOf, type Section } from './sections.js';
export { addressOf, OPS, readersInTurn, timeZoneOf, type Reader } from './reader.js';
