import { expect, it } from 'vitest';
import { type Evidence, mergeEvidence } from './live/evidence-page.js';

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

it('a section says when it was shown, on what, the figures, the gaps and the facts', () => {
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

it('a run replaces its own sections and leaves the others', () => {
  const first = mergeEvidence('', [evidence, { ...evidence, name: 'zebra' }]);
  const second = mergeEvidence(first, [{ ...evidence, date: '2026-12-01' }]);
  expect(second).toBe(first.replace('2026-11-24', '2026-12-01'));
});

it('a section on the oldest Kubernetes stands beside that on the newest', () => {
  const engines = ['kubernetes-oldest 1.35.0'];
  const both = mergeEvidence(mergeEvidence('', [evidence]), [{ ...evidence, engines }]);
  expect(both.match(/^## .*/gm)).toEqual([
    '## alertmanager',
    '## alertmanager on the oldest Kubernetes',
  ]);
});

it('a long list is folded', () => {
  const facts = Array.from({ length: 13 }, (_, number) => ({ about: 'many', fact: `${number}` }));
  expect(mergeEvidence('', [{ ...evidence, facts }])).toContain('<summary>many: 13</summary>');
});
