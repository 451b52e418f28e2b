/** @returns the globs that one with alternatives in braces stands for: `{a,b}.ts` is `a.ts` and `b.ts` */
export function withoutBraces(glob: string): readonly string[] {
  const found = /\{([^{}]*)\}/.exec(glob);
  if (!found) return [glob];
  const before = glob.slice(0, found.index);
  const after = glob.slice(found.index + found[0].length);
  const each = (found[1] ?? '').split(',').flatMap(part => withoutBraces(`${before}${part}${after}`));
  return [...new Set(each)];
}

/**
 * @param glob with `**`, `*`, `?`, `[0-9]` and alternatives in braces
 * @returns whether a relative path with slashes matches it
 */
export function matcherOf(glob: string): (path: string) => boolean {
  const patterns = withoutBraces(glob).map(each => ({
    end: each.slice(each.search(/[^*?\]/]*$/)),
    pattern: new RegExp(`^${patternOf(each)}$`),
  }));
  // Most paths end otherwise, which is told sooner.
  return path => patterns.some(({end, pattern}) => path.endsWith(end) && pattern.test(path));
}

function patternOf(glob: string): string {
  return glob.replaceAll(/\*\*\/|\*\*|\*|\?|\[[^\]]*\]|[^*?[]/g, part => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    return part.startsWith('[')
      ? part.replace('[!', '[^')
      : part.replaceAll(/[$()+.^{|}\\]/g, String.raw`\$&`);
  });
}
