/** Every rule has its place in one of these, in the order in which the index shows them. */
export const groups: readonly {readonly title: string; readonly rules: readonly string[]}[] = [
  {
    title: 'Indexes',
    rules: [
      'index-not-concurrent',
      'index-drop-not-concurrent',
      'reindex-not-concurrent',
      'concurrently-in-transaction',
      'concurrently-unsupported',
      'index-of-constraint',
      'concurrent-if-not-exists',
      'index-of-constraint',
      'redundant-index',
      'hash-index',
    ],
  },
  {
    title: 'Constraints',
    rules: [
      'foreign-key-validates',
      'foreign-key-drop',
      'foreign-key-without-index',
      'foreign-key-type-mismatch',
      'check-validates',
      'validate-in-same-transaction',
      'set-not-null-scans',
      'not-null-without-default',
      'primary-key-builds-index',
      'unique-builds-index',
      'exclusion-constraint',
      'domain-constraint-scans',
      'not-enforced',
      'newer-version',
    ],
  },
  {
    title: 'Columns and their types',
    rules: [
      'volatile-default',
      'generated-column-rewrites',
      'identity-rewrites',
      'type-change',
      'enum-value-in-transaction',
      'enum-order',
      'enum-rename',
    ],
  },
  {
    title: 'Names that running programs use',
    rules: ['rename-table', 'rename-column', 'rename-schema', 'set-schema'],
  },
  {
    title: 'What is dropped',
    rules: [
      'drop-table',
      'drop-column',
      'drop-schema',
      'drop-constraint',
      'drop-not-null',
      'drop-cascade',
      'truncate',
    ],
  },
  {
    title: 'Whole tables and views',
    rules: [
      'vacuum-full',
      'set-logged',
      'set-tablespace',
      'set-access-method',
      'trigger-locks',
      'refresh-not-concurrent',
      'materialized-view-with-data',
    ],
  },
  {
    title: 'Partitions',
    rules: ['partition-attach-scans', 'partition-detach-blocks', 'default-partition-scans'],
  },
  {
    title: 'Transactions and timeouts',
    rules: [
      'lock-timeout-missing',
      'statement-timeout-missing',
      'timeout-after-lock',
      'work-after-strong-lock',
      'many-tables-locked',
      'transaction-nesting',
      'transaction-uncommitted',
    ],
  },
  {
    title: 'Rows',
    rules: [
      'unbatched-change',
      'data-with-ddl',
      'backfill-without-analyze',
      'not-idempotent',
      'if-not-exists-no-op',
    ],
  },
  {title: 'Rollbacks', rules: ['down-missing', 'down-empty', 'down-does-not-undo', 'down-loses-data']},
  {title: 'The history', rules: ['duplicate-version', 'never-runs', 'version-gap', 'edited-after-apply']},
  {
    title: 'Data types and keys',
    rules: [
      'int-primary-key',
      'no-primary-key',
      'serial-type',
      'varchar-length',
      'char-type',
      'timestamp-without-zone',
      'json-type',
      'money-type',
      'float-for-money',
    ],
  },
  {
    title: 'Names, code and privileges',
    rules: [
      'identifier-too-long',
      'unqualified-name',
      'hidden-ddl',
      'row-security-without-policy',
      'security-definer-search-path',
      'grant-to-public',
      'superuser',
    ],
  },
  {title: 'Comments and syntax', rules: ['syntax', 'unused-suppression', 'unknown-rule']},
];

/** @returns the title of a rule's group; a rule in none is a bug, of which the index tells */
export function groupOf(id: string): string {
  return groups.find(({rules}) => rules.includes(id))?.title ?? 'Others';
}
