/**
 * House rules that no stock lint rule states, as an oxlint plugin (see .oxlintrc.json for where each one holds).
 * A rule here must be able to fail: test/house/lint-rules.test.ts plants a violation of each.
 */

const AMBIENT_TIME =
  'ambient time: take the instant as an argument (the system clock enters once, in src/bin, as `now`)';
const AMBIENT_CHANCE = 'ambient chance: take the number or id as an argument, so that a replay gives the same';
const AN_ENUM = 'enum: write an `as const` array and derive the type from it (STYLE, closed sets)';

const clockReadings = new Set(['Date.now', 'performance.now', 'process.hrtime', 'process.uptime']);
const diceThrows = new Set(['Math.random', 'crypto.randomUUID', 'crypto.getRandomValues']);

const dottedName = (node) =>
  node.type === 'MemberExpression' && !node.computed && node.object.type === 'Identifier'
    ? `${node.object.name}.${node.property.name}`
    : undefined;

const isDate = (node) => node.type === 'Identifier' && node.name === 'Date';

const forbidMembers = (names, message) => (context) => ({
  MemberExpression(node) {
    if (names.has(dottedName(node))) context.report({ node, message });
  },
});

/** `new Date(instant)` only formats; `new Date()` and `Date()` read the clock. */
function forbidClock(context) {
  return {
    ...forbidMembers(clockReadings, AMBIENT_TIME)(context),
    NewExpression(node) {
      if (isDate(node.callee) && node.arguments.length === 0) context.report({ node, message: AMBIENT_TIME });
    },
    CallExpression(node) {
      if (isDate(node.callee)) context.report({ node, message: AMBIENT_TIME });
    },
  };
}

const forbidEnum = (context) => ({
  TSEnumDeclaration(node) {
    context.report({ node, message: AN_ENUM });
  },
});

export default {
  meta: { name: 'handoff' },
  rules: {
    'no-ambient-time': { create: forbidClock },
    'no-ambient-chance': { create: forbidMembers(diceThrows, AMBIENT_CHANCE) },
    'no-enum': { create: forbidEnum },
  },
};
