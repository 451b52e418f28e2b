import {placeOfSpan, wordsOf, type LintedFile} from './linted.ts';

const commands = {error: 'error', warning: 'warning', information: 'notice', hint: 'notice'} as const;

/**
 * @param showPath as the repository names files
 * @returns workflow commands, which GitHub shows as annotations on the lines of a pull request
 * Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function renderGithub(files: readonly LintedFile[], showPath: (path: string) => string): string {
  return files
    .flatMap(file =>
      file.findings.map(finding => {
        const {line, column, endLine, endColumn} = placeOfSpan(file, finding);
        // The last column is inclusive there.
        const properties = {
          file: showPath(file.path),
          line,
          endLine,
          ...(line === endLine ? {col: column, endColumn: Math.max(column, endColumn - 1)} : {}),
          title: `howdah: ${finding.rule}`,
        };
        const list = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
        return `::${commands[finding.severity]} ${list.join(',')}::${data(wordsOf(finding))}\n`;
      }),
    )
    .join('');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
