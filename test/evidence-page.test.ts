import { afterEach, expect, it, vi } from 'vitest';
import type { TestModule } from 'vitest/node';
import { refusedSkips } from './live/evidence.js';
import { type Evidence, lastRunOf, mergeEvidence } from './live/evidence-page.js';

afterEach(() => vi.unstubAllEnvs());

const evidence: Evidence = {
  name: 'alertmanager',
  engines: ['alertmanager 0.34.0'],
  date: '2026-11-24',
  facts: [
    { about: '', fact: 'it stands alone' },
    { about: 'a mesh', fact: 'keeps a silence' },
  ],
  figures: ['3 silences'],
  notShown: ['a fourth replica, since none ships'],
};

it('a section has the date, the engines, the figures, the gaps and the facts', () => {
  expect(mergeEvidence('', [evidence]).split(/^(?=## )/m)[1]).toMatchInlineSnapshot(`
    "## alertmanager
    2026-11-24, alertmanager 0.34.0: 2 tests.

    - Figure: 3 silences
    - Not shown: a fourth replica, since none ships
    - it stands alone
    - a mesh
      - keeps a silence
    "
  `);
});

it('a run replaces only its own sections', () => {
  const first = mergeEvidence('', [evidence, { ...evidence, name: 'zebra' }]);
  const second = mergeEvidence(first, [{ ...evidence, date: '2026-12-01' }]);
  expect(second).toBe(first.replace('2026-11-24', '2026-12-01'));
});

it('a section on the oldest Kubernetes is separate from that on the newest', () => {
  const engines = ['kubernetes-oldest 1.35.0'];
  const both = mergeEvidence(mergeEvidence('', [evidence]), [{ ...evidence, engines }]);
  expect(both.match(/^## .*/gm)).toEqual([
    '## alertmanager',
    '## alertmanager on the oldest Kubernetes',
  ]);
});

it('a long list is collapsed', () => {
  const facts = Array.from({ length: 13 }, (_, number) => ({ about: 'many', fact: `${number}` }));
  expect(mergeEvidence('', [{ ...evidence, facts }])).toContain('<summary>many: 13</summary>');
});

it('the page names the last Grafana that showed the dashboards, or says that there was none', () => {
  const shown = { ...evidence, name: 'grafana', engines: ['alertmanager 0.34.0', 'grafana 9.4.0'] };
  const page = mergeEvidence('', [evidence, shown]);
  expect(lastRunOf(page, 'grafana')).toEqual({ date: '2026-11-24', engine: 'grafana 9.4.0' });
  const text = page.replaceAll('\n', ' ');
  expect(text).toContain('The last run was on 2026-11-24 with grafana 9.4.0.');
  // A run without a Grafana keeps the section and the sentence about it.
  expect(mergeEvidence(page, [evidence])).toBe(page);
  expect(mergeEvidence('', [evidence]).replaceAll('\n', ' ')).toContain('It has not run yet.');
});

it('the tests of Grafana and Loki may be skipped without these, but no other tests', () => {
  const module = (name: string) =>
    ({
      moduleId: `/test/live/${name}.test.ts`,
      children: { allTests: () => [{ fullName: `${name} works` }] },
    }) as unknown as TestModule;
  vi.stubEnv('GRAFANA', undefined);
  vi.stubEnv('LOKI', undefined);
  vi.stubEnv('PATH', '');
  expect(refusedSkips(['grafana', 'jaeger', 'loki', 'loki-faults'].map(module))).toEqual([
    'jaeger works',
  ]);
});
