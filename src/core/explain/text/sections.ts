import type {Collected, NodeDraft, PlanDraft} from './draft.ts';
import {workerNumbers} from './node-line.ts';
import {settings, serialization, trigger} from './plan-lines.ts';
import {readProperty} from './properties.ts';
import {jitOptions, jitTiming} from './jit.ts';
import {relation} from './title.ts';

/** What the lines at and right of a column belong to. */
interface Section {
  readonly column: number;
  readonly kind: 'node' | 'worker' | 'target' | 'jit' | 'block' | 'plan';
  readonly fields: Collected;
  readonly node?: NodeDraft;
}

/** Takes the lines below a node, or beside the nodes, each into what it belongs to by its indentation. */
export interface Sections {
  /** @returns whether the line says something that is known to stand here */
  read(column: number, line: string): boolean;
}

export function nodeSections(node: NodeDraft): Sections {
  return sections({column: -1, kind: 'node', fields: node.fields, node});
}

export function planSections(plan: PlanDraft): Sections {
  return sections({column: -1, kind: 'plan', fields: plan.fields});
}

function sections(base: Section): Sections {
  const open: Section[] = [base];
  const top = (): Section => open.at(-1) ?? base;
  const read = (column: number, line: string): boolean => {
    while (top() !== base && top().column >= column) open.pop();
    const {opened, rest, known} = readLine(top(), column, line);
    if (opened) open.push(opened);
    // A worker's first line stands behind its number, two columns left of its other lines.
    return rest === undefined || rest === '' ? known : read(column + 2, rest);
  };
  return {read};
}

interface Read {
  readonly known: boolean;
  readonly opened?: Section;
  readonly rest?: string;
}

function readLine(section: Section, column: number, line: string): Read {
  return opening(section, column, line) ?? {known: readFields(section, line)};
}

function opening({kind, fields, node}: Section, column: number, line: string): Read | undefined {
  const open = (kind: Section['kind'], into: Collected, rest?: string): Read => ({
    known: true,
    opened: {column, kind, fields: into},
    ...(rest === undefined ? {} : {rest}),
  });
  const [, number, rest = ''] = /^Worker (\d+):\s*(.*)$/s.exec(line) ?? [];
  if (node && number !== undefined) return open('worker', worker(node, Number(number)), rest);
  if (line === 'JIT:') return open('jit', (fields['JIT'] = {}));
  if (kind === 'plan' && line === 'Planning:') return open('block', (fields['Planning'] = {}));
  const serialized = kind === 'plan' ? serialization(line) : undefined;
  if (serialized) return open('block', (fields['Serialization'] = serialized));
  const [, target] = /^(?:Foreign )?(?:Insert|Update|Delete|Merge) on (.+)$/s.exec(line) ?? [];
  if (node?.fields['Node Type'] !== 'ModifyTable' || target === undefined) return undefined;
  const table = relation(target);
  fields['Target Tables'] = [...listOf(fields['Target Tables']), table];
  return open('target', table);
}

function worker(node: NodeDraft, number: number): Collected {
  const fields: Collected = {'Worker Number': number};
  node.workers.push(fields);
  node.fields['Workers'] = node.workers;
  return fields;
}

function listOf(value: unknown): readonly Collected[] {
  return Array.isArray(value) ? value : [];
}

function readFields({kind, fields, node}: Section, line: string): boolean {
  const found = /^([\p{L}_][^:]{0,62}?): ?(.*)$/su.exec(line);
  if (kind === 'plan' && line.startsWith('Trigger')) return readTrigger(fields, line);
  const numbers = kind === 'worker' ? workerNumbers(line) : undefined;
  const [, name = '', value = ''] = found ?? [];
  if (numbers) Object.assign(fields, numbers);
  else if (found === null) return false;
  else if (kind === 'jit' && name === 'Options') fields['Options'] = jitOptions(value);
  else if (kind === 'jit' && name === 'Timing') fields['Timing'] = jitTiming(value);
  else if (kind === 'plan' && name === 'Settings') fields['Settings'] = settings(value);
  else Object.assign(fields, readProperty(name, value, node));
  return true;
}

function readTrigger(fields: Collected, line: string): boolean {
  const found = trigger(line);
  if (found) fields['Triggers'] = [...listOf(fields['Triggers']), found];
  return found !== undefined;
}
