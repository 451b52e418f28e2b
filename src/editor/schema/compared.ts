import type {MigrationScript} from '../../core/rehearse/script.ts';
import type {Comparison, IgnoreRule} from '../../core/schema/comparison.ts';
import type {SchemaSnapshot} from '../../core/schema/objects.ts';
import type {Origin} from '../../core/schema/report.ts';
import type {IgnoredGroup} from '../../protocol/schema-model.ts';
import type {SchemaObjectView, SchemaTableView} from '../../protocol/schema-panel.ts';
import type {ExpectedSide} from './expected-side.ts';

/** A comparison with everything that its page and its actions need. */
export interface Compared {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly milliseconds: number;
  readonly comparison: Comparison;
  readonly expected: ExpectedSide;
  readonly live: SchemaSnapshot;
  /** `server_version` of the database. */
  readonly liveVersion: string;
  /** What was replayed for the expected side; nothing for a connection. */
  readonly scripts: readonly MigrationScript[];
  /** Of the differences, by index. */
  readonly origins: readonly (Origin | undefined)[];
  readonly objects: readonly SchemaObjectView[];
  readonly tables: readonly SchemaTableView[];
  readonly ignored: readonly IgnoredGroup[];
  /** The user's own rules. */
  readonly rules: readonly IgnoreRule[];
  readonly notes: readonly string[];
}
