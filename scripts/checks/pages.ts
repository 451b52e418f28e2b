import type {Check} from '../../src/core/health/check.ts';
import {checks} from '../../src/core/health/checks.ts';
import {areas, type Area} from '../../src/core/health/finding.ts';
import {areaNames} from '../../src/core/health/report/document.ts';
import {anchor} from '../pages/anchor.ts';
import {table} from '../rules/claim-words.ts';

/** @returns the text of each page about health checks by its path in `docs` */
export function checkPagesByName(): ReadonlyMap<string, string> {
  const pages = new Map(checks.map(check => [`checks/${check.id}.md`, pageOf(check)]));
  return pages.set('checks.md', indexPage());
}

function pageOf({id, area, title, needs, page}: Check): string {
  const {looks, silent, sources} = page;
  return `${[
    `# ${title}`,
    `\`${id}\` · [${areaNames[area]}](../checks.md#${anchor(areaNames[area])})`,
    `## What it looks at\n\n${looks.trim()}`,
    `## When it says nothing\n\n${silent.trim()}`,
    `## Where it does not fit\n\nThe setting \`howdah.health.checksOff\` switches it off in the editor, and \`--off ${id}\` on the command line:\n\n\`\`\`json\n{"howdah.health.checksOff": ["${id}"]}\n\`\`\``,
    `## What it rests on\n\n${[...sources.map(linked), `What is read: ${needs.join(', ')}.`].map(text => `- ${text}`).join('\n')}`,
  ].join('\n\n')}\n`;
}

function linked(source: string): string {
  return source.startsWith('https://') ? `<${source}>` : source;
}

const intro = `# What Howdah looks at on a server

Each check has a page: what it looks at, from which number on it tells, and when it says nothing although the numbers look alike. They are the same in the health panel, the index panel, the reports and \`howdah health\`. Each is provoked by real activity on real servers in the tests, and has a near miss that must not be told.

**error**: something fails, is lost or will be soon. **warning**: it costs much, or will fail one day. **information**: worth knowing.

An area is graded by what was found in it: A for nothing, B for information, C for a warning, D for more than two, F for an error.`;

function indexPage(): string {
  const shown = areas
    .map(area => ({area, own: checks.filter(check => check.area === area)}))
    .filter(({own}) => own.length > 0);
  const contents = shown.map(({area, own}) => `- ${toArea(area)} (${own.length})`).join('\n');
  const sections = shown.map(
    ({area, own}) =>
      `## ${areaNames[area]}\n\n${table(
        ['check', 'what it finds'],
        own.map(({id, title}) => [`[${id}](checks/${id}.md)`, title]),
      )}`,
  );
  return `${[intro, contents, ...sections].join('\n\n')}\n`;
}

function toArea(area: Area): string {
  return `[${areaNames[area]}](#${anchor(areaNames[area])})`;
}
