import type {StatementRule} from '../rule.ts';
import {alteredAtAll} from './support/altered.ts';
import {readTypeChange} from './support/column-type-change.ts';
import {costOfTypeChange} from './support/type-change-costs.ts';
import {refusedTypeChange} from './support/type-change-failures.ts';

export {proof} from './proofs/type-change.ts';

export const rule: StatementRule = {
  id: 'type-change',
  severity: 'warning',
  title: 'A column gets another type',
  about: `\`ALTER COLUMN … TYPE\` takes an \`ACCESS EXCLUSIVE\` lock. As a rule it writes the table and all its indexes
anew under it, and checks foreign keys of the column again: nobody reads or writes meanwhile.

These changes write nothing, on PostgreSQL 14 to 18:

- \`varchar(n)\` to a longer one, to \`varchar\` and to \`text\`; \`text\` to \`varchar\` without a length
- \`numeric(p, s)\` to more digits with the same scale, and to \`numeric\`
- \`time\`, \`timestamp\` (with or without time zone) and \`interval\` to more digits of the second
- \`bit varying(n)\` to a longer one, \`cidr\` to \`inet\`, \`xml\` to \`text\`, \`char(n)\` to \`bpchar\`
- into a domain without constraints over such a type, and from a domain to its base type

These write no row, but build indexes of the column again: \`timestamp\` to \`timestamptz\` and back while \`TimeZone\` is
UTC, \`integer\` to \`oid\`, \`bit(n)\` to \`bit varying\`, \`text\` to \`citext\` or \`bpchar\`, and another collation.

Whatever the types are: an index with a predicate or an expression is built again, a valid CHECK on the column is
checked again, and the column's statistics are gone until the next \`ANALYZE\`. A view, a rule, a policy, a generated
column or a trigger that names the column makes the statement fail, and so does a default that has no cast.`,
  kinds: ['AlterTableStmt'],
  check: situation => {
    const found = alteredAtAll(situation, ['AT_AlterColumnType']);
    const changes = found?.actions.map(action => readTypeChange(situation.statement, found, action)) ?? [];
    return changes.flatMap(change => {
      const refused = refusedTypeChange(situation, change);
      if (refused.length > 0 || situation.isHarmless(change.found.table)) return refused;
      return costOfTypeChange(situation, change);
    });
  },
};
