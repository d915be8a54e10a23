export { accountNamed } from './account-name.js';
export { creditOf, credits, reasonOf, touchSides, type AccountTouch, type Credit, type TouchSide } from './credit.js';
export { parseMoney, type Money } from './money.js';
export { standingOf, type OpportunityWord, type PostedOpportunity } from './opportunity.js';
