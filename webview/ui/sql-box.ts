import {element} from './element.ts';
import {icon} from './icon.ts';

const words =
  'ADD|ALTER|ANALYZE|AND|ANY|AS|ASC|ATTACH|CASCADE|COLLATE|COLUMN|COMMENT|CONCURRENTLY|CONSTRAINT|CREATE|DELETE|DESC|DISTINCT|DROP|EXCLUDE|EXISTS|FALSE|FIRST|FOREIGN|FROM|IF|IN|INCLUDE|INDEX|IS|KEY|LAST|NOT|NULL|NULLS|ON|ONLY|OR|PARTITION|PRIMARY|REFERENCES|REINDEX|SELECT|SET|TABLE|TABLESPACE|TRUE|UNIQUE|UPDATE|USING|VACUUM|VALIDATE|WHERE|WITH';

const tokens = new RegExp(
  String.raw`(?<comment>--[^\n]*)|(?<string>'(?:[^']|'')*')|(?<name>"(?:[^"]|"")*")|(?<word>\b(?:${words})\b)|(?<number>\b\d+(?:\.\d+)?\b)`,
  'g',
);

/** A statement to be read, and copied with a button. Needs sql-box.css. */
export function sqlBox(sql: string, onCopy: (sql: string) => void): HTMLElement {
  return element(
    'div',
    {class: 'sql-box'},
    sqlText(sql),
    element(
      'button',
      {type: 'button', class: 'tool', title: 'Copy', on: {click: () => onCopy(sql)}},
      icon('copy', 'Copy'),
    ),
  );
}

/** SQL with its keywords, strings and comments told apart. What is not recognised is text. */
export function sqlText(sql: string): HTMLElement {
  const code = element('code');
  let from = 0;
  for (const match of sql.matchAll(tokens)) {
    const [kind] = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined) ?? ['name'];
    code.append(sql.slice(from, match.index), element('span', {class: `sql-${kind}`}, match[0]));
    from = match.index + match[0].length;
  }
  code.append(sql.slice(from));
  return element('pre', {class: 'sql-text', tabindex: 0}, code);
}
