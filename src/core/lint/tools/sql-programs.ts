import type {Edit} from '../finding.ts';
import {isProgram} from './passage.ts';
import type {ToolDocument} from './tool.ts';

/** How a program is run by its library, and what takes it out of the library's transaction. */
interface Library {
  readonly sign: RegExp;
  /** Whether each migration runs in a transaction unless it says otherwise. */
  readonly transaction: boolean;
  readonly saysOtherwise?: RegExp;
  /** What says so, and behind what it stands; at the end of the document without that. */
  readonly marker?: {readonly text: string; readonly behind?: RegExp};
}

const libraries: readonly Library[] = [
  {
    sign: /\bmigrations\.Migration\b/,
    transaction: true,
    saysOtherwise: /^\s*atomic\s*=\s*False\b/m,
    marker: {text: '\n    atomic = False', behind: /^class\s+Migration\s*\([^)]*\)\s*:/m},
  },
  {
    sign: /\bqueryRunner\b/,
    transaction: true,
    saysOtherwise: /^\s*(?:public\s+|readonly\s+)*transaction\s*(?::[^=]*)?=\s*false\b/m,
    marker: {text: '\n  transaction = false;', behind: /\bimplements\s+MigrationInterface\s*\{/},
  },
  {sign: /\bqueryInterface\b|\bsequelize\b/, transaction: false},
  {sign: /\bKysely\b|\bkysely\b/, transaction: true},
  {
    sign: /\bexport\s+(?:async\s+)?(?:function|const)\s+up\b/,
    transaction: true,
    saysOtherwise: /\btransaction\s*:\s*false\b/,
    marker: {text: '\nexport const config = {transaction: false};\n'},
  },
  {
    sign: /\bexports\.up\b/,
    transaction: true,
    saysOtherwise: /\btransaction\s*:\s*false\b/,
    marker: {text: '\nexports.config = {transaction: false};\n'},
  },
];

function libraryOf({text}: ToolDocument): Library | undefined {
  return libraries.find(({sign}) => sign.test(text));
}

export function runsInTransaction(document: ToolDocument): boolean {
  const library = isProgram(document.path) ? libraryOf(document) : undefined;
  return library !== undefined && library.transaction && !library.saysOtherwise?.test(document.text);
}

/** @returns what takes a program out of its transaction; nothing for a file of SQL, which is in none */
export function outsideEdits(document: ToolDocument): readonly Edit[] {
  if (!runsInTransaction(document)) return [];
  const {text} = document;
  const marker = libraryOf(document)?.marker;
  if (!marker) return [];
  const behind = marker.behind?.exec(text);
  if (marker.behind && !behind) return [];
  const at = behind ? behind.index + behind[0].length : text.length;
  return [
    {start: at, end: at, text: text.includes('\r\n') ? marker.text.replaceAll('\n', '\r\n') : marker.text},
  ];
}
