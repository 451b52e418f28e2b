import type {HealthReport} from '../report.ts';
import type {Block} from './blocks.ts';
import {documentOf} from './document.ts';

/** @returns one page without scripts and without anything from elsewhere, to be sent or kept; texts are text, never markup */
export function healthHtml(report: HealthReport): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(`Health of ${report.name}`)}</title>
<style>${style}</style>
</head>
<body>
<main>
${documentOf(report).map(drawn).join('\n')}
</main>
</body>
</html>
`;
}

function drawn(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${escaped(block.text)}</h${block.level}>`;
    case 'paragraph':
      return `<p>${escaped(block.text)}</p>`;
    case 'list':
      return `<ul>${block.items.map(item => `<li>${escaped(item)}</li>`).join('')}</ul>`;
    case 'code':
      return `<pre><code>${escaped(block.sql)}</code></pre>`;
    case 'table': {
      const cells = (tag: 'th' | 'td', row: readonly string[]): string =>
        row
          .map((text, index) => {
            const number = block.columns[index]?.align === 'end' ? ' class="number"' : '';
            return `<${tag}${number}>${escaped(text)}</${tag}>`;
          })
          .join('');
      const head = block.columns.map(({label}) => label);
      const rows = block.rows.map(row => `<tr>${cells('td', row)}</tr>`).join('\n');
      return `<div class="table"><table><thead><tr>${cells('th', head)}</tr></thead><tbody>${rows}</tbody></table></div>`;
    }
    default:
      return block satisfies never;
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, character => entities[character] ?? character);
}

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 0; }
main { max-width: 70rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
h1 { font-size: 1.8rem; margin: 0 0 1rem; }
h2 { font-size: 1.3rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1rem; margin: 1.75rem 0 .25rem; }
p { margin: .25rem 0; max-width: 50rem; }
ul { margin: .5rem 0; padding-inline-start: 1.25rem; }
pre { overflow-x: auto; padding: .75rem 1rem; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: 4px; }
.table { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .9rem .3rem 0; text-align: start; vertical-align: top; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
.number { text-align: end; white-space: nowrap; }
@media print { main { max-width: none; padding: 0; } }
`;
