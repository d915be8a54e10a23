export { accountNamed } from './account-name.js';
export { creditOf, reasonOf, type AccountTouch, type Credit, type Crediting, type TouchSide } from './credit.js';
export { parseMoney, type Money } from './money.js';
