import {field, list, text, type QualifiedName} from '../../sql/objects.ts';
import type {SyntaxNode} from '../../sql/parser.ts';
import type {Span} from '../../sql/positions.ts';
import type {LintStatement} from '../statement.ts';
import {alterTable} from './alter-table.ts';
import {madeAt, type Applying} from './applying.ts';
import {usersOf} from './column-users.ts';
import {createTable} from './create-table.ts';
import {drop} from './drop.ts';
import {createIndex} from './indexes.ts';
import {
  alterComposite,
  alterEnum,
  createComposite,
  alterDomain,
  createDomain,
  createEnum,
  createRange,
} from './named-types.ts';
import {rename} from './rename.ts';
import {createRoutine} from './routines.ts';
import type {Made, Relation, SchemaModel} from './schema.ts';
import {createSequence, alterSequence} from './sequences.ts';
import {setConfig, set} from './settings.ts';
import {State} from './state.ts';
import {emptyTable, keyOf} from './table.ts';
import {createPolicy, createTrigger} from './triggers.ts';
import {createAs, createView} from './views.ts';

/** A schema that statements are applied to, one after the other. */
export interface Model extends SchemaModel {
  /**
   * What a statement does to the schema, as far as it says so. Never fails: what cannot be, PostgreSQL says elsewhere.
   * @param made turns a span of the statement into its place in the history
   */
  apply(statement: LintStatement, made?: (span: Span) => Made): void;
  /** @returns a copy that goes its own way; costs next to nothing */
  fork(): Model;
  /** A new session begins: `search_path` is the default again. */
  beginFile(): void;
}

export interface ModelOptions {
  /** What is there before, such as what a target has. */
  readonly seed?: Iterable<Relation>;
  /** `public` unless told. */
  readonly searchPath?: readonly string[];
  /** PostgreSQL's major version, 14 unless told. */
  readonly major?: number;
}

/** @returns a schema with nothing in it but the schema `public`, and what `seed` has */
export function createModel({seed = [], searchPath = ['public'], major = 14}: ModelOptions = {}): Model {
  const state = new State(
    major,
    searchPath.filter(schema => schema !== '$user'),
  );
  state.schemas.set('public', {name: 'public'});
  for (const relation of seed) {
    const indexes = new Map(
      [...relation.indexes].map(([name, index]) => [name, {...index, uses: [], words: index.keys}] as const),
    );
    state.put({...emptyTable, ...relation, indexes});
    if (!state.schemas.has(relation.schema)) state.schemas.set(relation.schema, {name: relation.schema});
  }
  return modelOf(state);
}

/** As it was when the transaction began, and at its savepoints. */
type Saved = readonly {readonly name: string; readonly state: State}[];

/**
 * What models have to compare. There are as many models as statements: as keys of a WeakMap they would make V8's
 * collector halt everything for tens of milliseconds.
 */
const stateOf = Symbol('state');

interface Stateful {
  readonly [stateOf]: () => State;
}

function isStateful(model: object): model is Stateful {
  return stateOf in model;
}

function modelOf(initial: State, atBegin: Saved = []): Model & Stateful {
  let state = initial;
  let saved = atBegin;
  return {
    [stateOf]: () => state,
    relation: name => state.table(name),
    index: name => indexNamed(state, name),
    type: name => state.type(name),
    routines: name => {
      const full = state.locate(name, key => state.routines.has(key));
      const all = full ? (state.routines.get(keyOf(full)) ?? []) : [];
      return all.flatMap(({made, language, volatility}) =>
        made
          ? {
              ...made,
              ...(language === undefined ? {} : {language}),
              ...(volatility ? {volatility} : {}),
            }
          : [],
      );
    },
    usersOf: (name, column) => usersOf(state, name, column),
    relations: () => state.relations.values(),
    mentioning: name => state.mentioning({name}),
    relationsOtherThan: other =>
      isStateful(other) ? state.relations.otherThan(other[stateOf]().relations) : state.relations.values(),
    usedSchemas: () => state.usedSchemas(),
    types: () => state.types.values(),
    schemas: () => state.schemas.values().map(({name}) => name),
    schemaOf: name => schemaOf(state, name),
    fork: () => modelOf(state.fork(), saved),
    beginFile: () => {
      saved = [];
      state.sessionPath = state.defaultPath;
      state.localPath = undefined;
    },
    apply: (statement, made) => {
      if (statement.kind === 'TransactionStmt')
        [state, saved] = afterTransaction(state, saved, statement.node);
      else appliers[statement.kind]?.({state, statement, made});
    },
  };
}

/** ROLLBACK takes back what came after BEGIN, or after the savepoint. */
function afterTransaction(state: State, saved: Saved, node: SyntaxNode): [State, Saved] {
  const name = text(node['savepoint_name']) ?? '';
  switch (node['kind']) {
    case 'TRANS_STMT_BEGIN':
    case 'TRANS_STMT_START':
      return [state, [{name: '', state: state.fork()}]];
    case 'TRANS_STMT_SAVEPOINT':
      return [state, [...saved, {name, state: state.fork()}]];
    case 'TRANS_STMT_ROLLBACK_TO': {
      const at = saved.findLastIndex(each => each.name === name);
      const back = saved[at];
      return back ? [back.state.fork(), saved.slice(0, at + 1)] : [state, saved];
    }
    case 'TRANS_STMT_ROLLBACK': {
      const back = saved[0]?.name === '' ? saved[0].state.fork() : state;
      back.localPath = undefined;
      return [back, []];
    }
    case 'TRANS_STMT_COMMIT':
      state.localPath = undefined;
      return [state, []];
    default:
      return [state, saved];
  }
}

function indexNamed(state: State, name: QualifiedName): ReturnType<SchemaModel['index']> {
  const full = state.locate(name, key => state.indexes.has(key));
  const of = full && state.indexes.get(keyOf(full));
  const relation = of && state.at(of);
  const index = full && relation?.indexes.get(full.name);
  return relation && index ? {index, relation} : undefined;
}

function schemaOf(state: State, name: QualifiedName): string {
  const has = (key: string): boolean =>
    state.relations.has(key) || state.indexes.has(key) || state.sequences.has(key) || state.types.has(key);
  return name.schema ?? state.locate(name, has)?.schema ?? state.home;
}

const appliers: Readonly<Record<string, (applying: Applying) => void>> = {
  CreateStmt: applying => createTable(applying, applying.statement.node),
  CreateForeignTableStmt: applying => createTable(applying, field(applying.statement.node, 'base'), true),
  CreateTableAsStmt: applying => {
    const {node} = applying.statement;
    const kind = node['objtype'] === 'OBJECT_MATVIEW' ? 'materialized view' : 'table';
    createAs(applying, field(node, 'into'), field(node, 'query'), kind);
  },
  SelectStmt: applying => {
    const {node} = applying.statement;
    if ('intoClause' in node) createAs(applying, field(node, 'intoClause'), {SelectStmt: node}, 'table');
    else setConfig(applying, node);
  },
  AlterTableStmt: applying =>
    applying.statement.node['objtype'] === 'OBJECT_TYPE' ? alterComposite(applying) : alterTable(applying),
  IndexStmt: createIndex,
  ViewStmt: createView,
  DropStmt: drop,
  RenameStmt: rename,
  AlterObjectSchemaStmt: rename,
  CreateEnumStmt: createEnum,
  AlterEnumStmt: alterEnum,
  CompositeTypeStmt: createComposite,
  CreateRangeStmt: createRange,
  CreateDomainStmt: createDomain,
  AlterDomainStmt: alterDomain,
  CreateFunctionStmt: createRoutine,
  CreateTrigStmt: createTrigger,
  CreatePolicyStmt: createPolicy,
  CreateSeqStmt: createSequence,
  AlterSeqStmt: alterSequence,
  CreateSchemaStmt: createSchema,
  VariableSetStmt: set,
  DiscardStmt: applying => {
    if (applying.statement.node['target'] === 'DISCARD_ALL')
      set({...applying, statement: {...applying.statement, node: {kind: 'VAR_RESET_ALL'}}});
  },
};

/** CREATE SCHEMA with the objects in it, whose names lie there. */
function createSchema(applying: Applying): void {
  const {state, statement} = applying;
  const role = text(field(statement.node, 'authrole')['rolename']);
  const name = text(statement.node['schemaname']) ?? role;
  if (name === undefined) return;
  state.dropped.delete(name);
  if (!state.schemas.has(name)) state.schemas.set(name, {name, ...madeAt(applying, schemaPlace(applying))});
  const before = state.localPath;
  state.localPath = [name];
  for (const element of list(statement.node['schemaElts'])) {
    const [kind, node] = Object.entries(element)[0] ?? [];
    if (kind !== undefined && node !== null && typeof node === 'object' && !Array.isArray(node))
      appliers[kind]?.({...applying, statement: {...statement, kind, node: field(element, kind)}});
  }
  state.localPath = before;
}

function schemaPlace({statement}: Applying): Span {
  const name = text(statement.node['schemaname']) ?? '';
  const word = statement.find('SCHEMA');
  const behind = statement.words.filter(({start}) => word !== undefined && start >= word.end);
  const found = behind.find(
    each => [each.text, each.text.toLowerCase()].includes(name) || each.text === `"${name}"`,
  );
  return found ? {start: found.start, end: found.end} : (word ?? statement.whole);
}
