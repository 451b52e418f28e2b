import {pythonPassages} from '../passages/python.ts';
import {isPython} from './passage.ts';
import type {Tool} from './tool.ts';

/**
 * A run is one transaction, and each `execute` a query. An autocommit block commits what ran before it.
 * Source: https://alembic.sqlalchemy.org/en/latest/api/runtime.html#alembic.runtime.migration.MigrationContext.autocommit_block
 */
export const alembicTool: Tool = {
  id: 'alembic',
  name: 'Alembic',
  recognises: ({path, text}) =>
    isPython(path) && /^def\s+upgrade\w*\s*\(/m.test(text) && /\balembic\b|^(?:down_)?revision\b/m.test(text),
  passages: ({text}) => pythonPassages(text, {transaction: true}),
  outside: {
    how: 'wrap',
    wrap: (call, indent) => `with op.get_context().autocommit_block():\n${indent}    ${call}`,
  },
  undo: 'part',
};
