import type {Lane} from '../../core/alembic/lanes.ts';
import type {Connection} from '../../core/connections/connection.ts';
import type {PageKey} from '../../core/catalog/page.ts';
import type {Relation} from '../../core/catalog/relation.ts';
import type {Routine} from '../../core/catalog/routine.ts';
import type {Extension, Schema} from '../../core/catalog/schema.ts';
import type {Sequence} from '../../core/catalog/sequence.ts';
import type {Column, Constraint, Policy, TableIndex, Trigger} from '../../core/catalog/table-parts.ts';
import type {DataType} from '../../core/catalog/data-type.ts';
import type {HistoryProblem, MigrationStatus} from '../../core/migrations/migration.ts';
import type {Failure} from '../../core/outcome.ts';
import type {Project} from '../../frameworks/framework.ts';
import type {ConnectionProblem} from '../connections/connection-store.ts';
import type {SqliteRow} from '../sqlite/sqlite-rows.ts';

/** The lists of a schema. */
export type SchemaList =
  | 'tables'
  | 'views'
  | 'materializedViews'
  | 'foreignTables'
  | 'sequences'
  | 'functions'
  | 'types';

/** The lists of a table or view. */
export type RelationList = 'columns' | 'indexes' | 'constraints' | 'triggers' | 'policies' | 'partitions';

/** What a tool stumbles over, in its words. */
export type OtherProblem = Extract<HistoryProblem, {readonly kind: 'other'}>;

export type NodeData =
  | {readonly kind: 'connection'; readonly connection: Connection}
  | {readonly kind: 'create-database'; readonly connection: Connection}
  | {readonly kind: 'problem'; readonly problem: ConnectionProblem}
  | {readonly kind: 'project'; readonly connection: Connection; readonly project: Project}
  | {readonly kind: 'history-problem'; readonly project: Project; readonly problem: OtherProblem}
  | {
      readonly kind: 'migration';
      readonly connection: Connection;
      readonly project: Project;
      readonly entry: MigrationStatus;
      /** Where the history is not one line. */
      readonly lane?: Lane;
    }
  | {readonly kind: 'sqlite'; readonly row: SqliteRow}
  | {readonly kind: 'schema'; readonly connection: Connection; readonly schema: Schema}
  | {
      readonly kind: 'schema-list';
      readonly connection: Connection;
      readonly schema: Schema;
      readonly list: SchemaList;
    }
  | {readonly kind: 'relation'; readonly connection: Connection; readonly relation: Relation}
  | {
      readonly kind: 'relation-list';
      readonly connection: Connection;
      readonly relation: Relation;
      readonly list: RelationList;
    }
  | {
      readonly kind: 'column';
      readonly connection: Connection;
      readonly relation: Relation;
      readonly column: Column;
    }
  | {
      readonly kind: 'index';
      readonly connection: Connection;
      readonly relation: Relation;
      readonly index: TableIndex;
    }
  | {
      readonly kind: 'constraint';
      readonly connection: Connection;
      readonly relation: Relation;
      readonly constraint: Constraint;
    }
  | {
      readonly kind: 'trigger';
      readonly connection: Connection;
      readonly relation: Relation;
      readonly trigger: Trigger;
    }
  | {
      readonly kind: 'policy';
      readonly connection: Connection;
      readonly relation: Relation;
      readonly policy: Policy;
    }
  | {readonly kind: 'sequence'; readonly connection: Connection; readonly sequence: Sequence}
  | {readonly kind: 'routine'; readonly connection: Connection; readonly routine: Routine}
  | {readonly kind: 'type'; readonly connection: Connection; readonly type: DataType}
  | {readonly kind: 'extensions'; readonly connection: Connection}
  | {readonly kind: 'extension'; readonly connection: Connection; readonly extension: Extension}
  | {readonly kind: 'more'; readonly connection: Connection; readonly after: PageKey}
  | {readonly kind: 'message'; readonly text: string; readonly failure?: Failure};

export type NodeOf<K extends NodeData['kind']> = Extract<NodeData, {kind: K}>;

/** One row of the tree. Rows keep their identity while they are shown, and get newer data when it is read again. */
export class TreeNode {
  data: NodeData;
  readonly id: string;
  readonly parent: TreeNode | undefined;

  /** @param part what tells this row from its siblings */
  constructor(data: NodeData, part: string, parent?: TreeNode) {
    this.data = data;
    this.parent = parent;
    this.id = parent ? `${parent.id}/${part}` : part;
  }
}
