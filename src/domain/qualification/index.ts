export { allHold, anyHolds, emailDomainOf, type Subject } from './condition.js';
export { allImplied, areContrary } from './implication.js';
export { judge, missingOf, type Judgement } from './judge.js';
export { isNews } from './news.js';
