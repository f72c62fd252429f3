import { expect, it } from 'vitest';
import { picturesPage } from '../tools/pictures/page.js';

it('the page of the pictures names the Grafana and the data, or says that there were none', () => {
  const grafana = { version: '13.2.0', minutes: 15 };
  expect(picturesPage(['nodes'], grafana, '2026-11-29')).toMatch(
    /on 2026-11-29 in Grafana 13\.2\.0, .* had run for 15 minutes\..*!\[nodes\]\(nodes\.png\)/s,
  );
  expect(picturesPage(['nodes'], undefined, '2026-11-29')).toContain(
    'without data: no Grafana was available.',
  );
});
