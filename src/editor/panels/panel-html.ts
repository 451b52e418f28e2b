export interface PanelPage {
  /** Read out by screen readers when the page gets the focus. */
  readonly title: string;
  readonly script: string;
  readonly style: string;
  /** Where the editor serves the extension's files from: `webview.cspSource`. */
  readonly cspSource: string;
  /** Fresh for each page. */
  readonly nonce: string;
  /** BCP 47, such as `en` or `pt-br`. */
  readonly language: string;
}

/**
 * A page without any data: that is posted once the page says it is ready.
 * Nothing loads but the panel's own script and style; the toolkit reads its nonce from the `csp-nonce` property.
 */
export function panelHtml({title, script, style, cspSource, nonce, language}: PanelPage): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!doctype html>
<html lang="${escape(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta property="csp-nonce" content="${escape(nonce)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escape(style)}">
<title>${escape(title)}</title>
</head>
<body>
<main id="main"></main>
<script type="module" nonce="${escape(nonce)}" src="${escape(script)}"></script>
</body>
</html>`;
}

const entities: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};

function escape(text: string): string {
  return text.replaceAll(/[&<>"]/g, character => entities[character] ?? character);
}
