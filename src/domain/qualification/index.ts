export { allHold, anyHolds, emailDomainOf, type Subject } from './condition.js';
export { judge, missingOf, type Judgement } from './judge.js';
export { isNews } from './news.js';
