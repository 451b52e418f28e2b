import type {Parser} from '../../core/sql/parser.ts';
import type {Parts} from '../parts.ts';
import type {SchemaDiagnostics} from './schema-diagnostics.ts';

/** What everything about schemas works with; made with the first comparison. */
export interface SchemaHome {
  readonly parts: Parts;
  readonly parser: Parser;
  readonly diagnostics: SchemaDiagnostics;
}
