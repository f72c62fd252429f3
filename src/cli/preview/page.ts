import type { Finding } from '../../model/finding.js';
import type { Json, PreviewedDashboard } from './dashboards.js';
import { highlight } from './highlight.js';
import { escaped } from './html.js';
import { sketch, unitOf } from './sketch.js';

const notice = 'A preview of the layout: it shows the queries of each panel, and no data.';

const document = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="preview.css">
<script src="theme.browser.js"></script>
</head>
<body>
${body}
</body>
</html>
`;

const top = (path: string): string => `<header class="top">
<a class="home" href="index.html"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 3v18M6 9h12l-1.5 6h-9zM9 21h6M12 3l6 2.2-6 2.2"/></svg>Crowsnest</a>
<nav>${path}</nav>
<p class="notice">${escaped(notice)}</p>
<button type="button" id="theme" aria-label="Light or dark">◐</button>
</header>`;

/** The page of one dashboard. */
export const dashboardPage = (
  { uid, folder, file, json, findings }: PreviewedDashboard,
  known: readonly PreviewedDashboard[],
): string => {
  const panels: Json[] = json.panels ?? [];
  const rows = sections(panels);
  const elsewhere = findings.filter((one) => panelOf(one) === undefined);
  const links = (json.links ?? [])
    .map(({ title, url }: Json) => {
      const target = /^\/d\/([\w-]+)/.exec(url ?? '')?.[1];
      const isKnown = known.some((one) => one.uid === target);
      return isKnown
        ? `<a href="${escaped(target)}.html">${escaped(title)}</a>`
        : `<a>${escaped(title)}</a>`;
    })
    .join('');
  const variables = (json.templating?.list ?? [])
    .map(
      ({ name, label, includeAll }: Json) =>
        `<span class="variable-choice"><b>${escaped(label ?? name)}</b>${includeAll ? 'All' : `$${escaped(name)}`}<i>▾</i></span>`,
    )
    .join('');
  return document(
    `${json.title} – Crowsnest`,
    `${top(`<span>${escaped(folder)}</span><b>${escaped(json.title)}</b>`)}
<main>
<div class="head"><p>${escaped(json.description)}</p>
<p class="facts">${count(panels)} panels · <code>${escaped(file || uid)}</code></p></div>
<div class="controls"><div>${variables}</div><div class="links">${links}</div><span class="time">◷ ${escaped(json.time?.from)} – ${escaped(json.time?.to)}</span></div>
${elsewhere.map(findingOf).join('')}
${rows
  .map(
    ({ row, panels: inside }) =>
      `${row ? `<h2${row.collapsed ? ' class="folded"' : ''}>${escaped(row.title)}${row.collapsed ? '<small>folded</small>' : ''}</h2>` : ''}${grid(inside, findings)}`,
  )
  .join('\n')}
</main>`,
  );
};

/** The page that lists all dashboards by folder. */
export const indexPage = (
  dashboards: readonly PreviewedDashboard[],
  environment: string,
): string => {
  const folders = [...new Set(dashboards.map(({ folder }) => folder))];
  const cards = (folder: string) =>
    dashboards
      .filter((one) => one.folder === folder)
      .map(
        ({ uid, json, findings }) =>
          `<a class="card" href="${uid}.html">${thumbnail(json.panels ?? [])}<b>${escaped(json.title)}</b><span>${escaped(json.description)}</span><small>${count(json.panels ?? [])} panels${findings.length ? ` · <strong>${findings.length} findings</strong>` : ''}</small></a>`,
      )
      .join('');
  return document(
    'Dashboards – Crowsnest',
    `${top(`<b>Dashboards of ${escaped(environment)}</b>`)}
<main>${folders.map((folder) => `<h2>${escaped(folder)}</h2><div class="cards">${cards(folder)}</div>`).join('\n')}</main>`,
  );
};

const count = (panels: readonly Json[]): number =>
  panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]).filter(({ type }) => type !== 'row')
    .length;

/** Panels below their headings, in the order of the page. */
const sections = (panels: readonly Json[]): { row?: Json; panels: Json[] }[] => {
  const result: { row?: Json; panels: Json[] }[] = [{ panels: [] }];
  for (const panel of panels) {
    if (panel.type === 'row') result.push({ row: panel, panels: [...(panel.panels ?? [])] });
    else result.at(-1)!.panels.push(panel);
  }
  return result.filter(({ row, panels: inside }) => row || inside.length > 0);
};

const grid = (panels: readonly Json[], findings: readonly Finding[]): string => {
  const first = Math.min(...panels.map(({ gridPos }) => gridPos.y));
  const cells = panels.map((panel) => {
    const { x, y, w, h } = panel.gridPos;
    const place = `grid-column:${x + 1}/span ${w};grid-row:${y - first + 1}/span ${h}`;
    return `<section class="panel ${escaped(panel.type)}${w <= 6 ? ' narrow' : ''}" style="${place}">${panelBody(panel, findings)}</section>`;
  });
  return `<div class="grid">${cells.join('\n')}</div>`;
};

const panelBody = (panel: Json, findings: readonly Finding[]): string => {
  const own = findings.filter((one) => panelOf(one) === panel.title);
  const unit = unitOf(panel);
  const queries = (panel.targets ?? [])
    .map(
      ({ expr, legendFormat }: Json) =>
        `<div class="query">${legendFormat && panel.type !== 'heatmap' ? `<span class="legend">${escaped(legendFormat)}</span>` : ''}<code>${highlight(expr ?? '')}</code></div>`,
    )
    .join('');
  const exemplars = (panel.targets ?? []).some(({ exemplar }: Json) => exemplar);
  const content = panel.options?.content
    ? `<pre class="words">${escaped(panel.options.content)}</pre>`
    : '';
  return `<h3><span>${escaped(panel.title)}</span><small class="type">${escaped(panel.type)}</small>${unit ? `<small class="unit">${escaped(unit)}</small>` : ''}${exemplars ? '<small class="unit">exemplars</small>' : ''}</h3>
<p class="description">${escaped(panel.description).replace(/ %/g, '\u00a0%')}</p>
${sketch(panel)}${content}
<div class="queries">${queries}</div>
${own.map(findingOf).join('')}`;
};

const panelOf = ({ place }: Finding): string | undefined =>
  /panel '?(.+?)'?(?:, column \d+)?$/.exec(place.path ?? '')?.[1];

const findingOf = ({ severity, message, remedy, suggestion, code }: Finding): string =>
  `<p class="finding ${severity}"><b>${escaped(severity)} (${escaped(code)})</b> ${escaped(message)} ${escaped(remedy)}${suggestion ? ` Did you mean <i>${escaped(suggestion)}</i>?` : ''}</p>`;

const thumbnail = (panels: readonly Json[]): string => {
  const height = Math.max(
    12,
    Math.min(36, Math.max(0, ...panels.map(({ gridPos }) => gridPos.y + gridPos.h))),
  );
  const boxes = panels
    .map(({ type, gridPos: { x, y, w, h } }) =>
      type === 'row'
        ? `<line x1="${x}" x2="4" y1="${y + 0.6}" y2="${y + 0.6}"/>`
        : `<rect class="${escaped(type)}" x="${x + 0.15}" y="${y + 0.15}" width="${w - 0.3}" height="${h - 0.3}" rx=".3"/>`,
    )
    .join('');
  return `<svg class="thumbnail" viewBox="0 0 24 ${height}" preserveAspectRatio="xMidYMin slice" aria-hidden="true">${boxes}</svg>`;
};
