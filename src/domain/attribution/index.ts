export { accountNamed } from './account-name.js';
export { creditOf, reasonOf, touchSides, type AccountTouch, type TouchSide } from './credit.js';
export { parseMoney, type Money } from './money.js';
