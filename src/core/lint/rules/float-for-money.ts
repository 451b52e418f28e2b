import type {Draft, RuleProof, StatementRule} from '../rule.ts';
import {declaredColumns, type DeclaredColumn} from './support/declared-columns.ts';

export const rule: StatementRule = {
  id: 'float-for-money',
  severity: 'information',
  title: 'An amount of money in a type that cannot hold it exactly',
  about: `\`real\` and \`double precision\` are binary fractions: 0.1 is not among them. Sums depend on the order in which rows are
added, and amounts that should be equal are not. \`real\` loses cents beyond about 100,000.

\`numeric\` holds amounts exactly. Looks at columns whose name says that they hold money.`,
  direction: 'up',
  kinds: ['CreateStmt', 'AlterTableStmt'],
  check: ({statement}) =>
    declaredColumns(statement)
      .filter(({type, name}) => (type === 'float8' || type === 'float4') && isMoney(name))
      .map(draft),
};

const money =
  /^(?:price|prices|amount|cost|costs|balance|fee|fees|tax|taxes|salary|wage|revenue|payment|refund|budget|subtotal|discount|charge|deposit|fare|payout|commission)$/;

/** A tax rate or the weight of a price is no amount, and what has a unit is an amount of something else. */
const noMoney =
  /^(?:rate|rates|percent|percentage|pct|ratio|factor|share|score|weight|count|probability|index|multiplier|elasticity|sensitivity|change|growth|angle|degrees|[mcdk]?m|[mk]?g|[mcd]?l|grams|meters|metres|liters|litres|seconds|ms|minutes|hours|days|celsius|kwh|bytes)$/;

function isMoney(name: string): boolean {
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/);
  return words.some(word => money.test(word)) && !words.some(word => noMoney.test(word));
}

function draft({name, type, at}: DeclaredColumn): Draft {
  const written = type === 'float4' ? 'real' : 'double precision';
  return {
    at,
    what: `${name} cannot hold amounts such as 0.10 exactly`,
    why: `${written} is a binary fraction: most decimal amounts are rounded when they are stored, and sums show it.`,
    fix: 'Use numeric.',
    remedies: [{kind: 'edit', title: 'Use numeric', preferred: true, edits: [{...at, text: 'numeric'}]}],
  };
}

export const proof = (): RuleProof => ({
  fires: [
    {
      name: 'a price',
      sql: 'CREATE TABLE products (name text, price «double precision» NOT NULL);',
      fixed: 'CREATE TABLE products (name text, price numeric NOT NULL);',
    },
    {name: 'a new column', sql: 'ALTER TABLE orders ADD COLUMN tax_amount «real»;'},
    {name: 'in the writing of programs', sql: 'CREATE TABLE orders ("unitPrice" «float»);'},
  ],
  silent: [
    {name: 'numeric', sql: 'CREATE TABLE products (price numeric(12, 2));'},
    {name: 'no money', sql: 'CREATE TABLE products (weight real, latitude double precision);'},
    {name: 'a rate', sql: 'CREATE TABLE products (tax_rate real, discount_percent float);'},
    {name: 'an amount of rain', sql: 'CREATE TABLE days (rain_amount_mm float, balance_angle real);'},
    {name: 'a word that only begins so', sql: 'CREATE TABLE products (feed float, costume_size float);'},
    {name: 'a rollback', direction: 'down', sql: 'CREATE TABLE products (price float);'},
  ],
  claims: [],
});
