import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { images } from '../../src/components/index.js';
import { imageRelease } from '../engines/release.js';
import { type Evidence, lastRunOf, mergeEvidence } from './evidence-page.js';
import { findGrafana, howToSupplyGrafana } from './grafana-installation.js';
import { findLoki, howToSupplyLoki } from './loki-installation.js';

declare module 'vitest' {
  interface TaskMeta {
    /** The engines that the test file had started, as `name version`. */
    engines?: readonly string[];
  }
}

const page = resolve(import.meta.dirname, '../../docs/evidence.md');

/**
 * Writes the results of a run to `docs/evidence.md`: the sections of files in which all tests
 * passed.
 */
export default class EvidenceReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const one of supplied) if (modules.some(one.isSkipped)) console.warn(whyItDidNotRun(one));
    const refused = process.env.NO_SKIPS ? refusedSkips(modules) : [];
    if (refused.length > 0) {
      console.error(['Skipped:', ...refused].join('\n  '));
      process.exitCode = 1;
    }
    const shown = modules.filter(passedWhole).map(evidenceOf);
    if (shown.length === 0) return;
    const present = existsSync(page) ? readFileSync(page, 'utf8') : '';
    writeFileSync(page, mergeEvidence(present, shown));
  }
}

const nameOf = (module: TestModule): string => basename(module.moduleId, '.test.ts');

/** An engine that is in no registry. Its test files are skipped without it, and the page says so. */
interface Supplied {
  readonly name: string;
  readonly why: string;
  isSkipped(module: TestModule): boolean;
}

const supplied: readonly Supplied[] = [
  {
    name: 'grafana',
    why: `no Grafana here, and no package registry has Grafana's server. ${howToSupplyGrafana}`,
    isSkipped: (module) => nameOf(module) === 'grafana' && findGrafana() === undefined,
  },
  {
    name: 'loki',
    why: `no Loki here, and no package registry has it. ${howToSupplyLoki}`,
    isSkipped: (module) => /^loki(-|$)/.test(nameOf(module)) && findLoki() === undefined,
  },
];

const mayBeSkipped = (module: TestModule): boolean => supplied.some((one) => one.isSkipped(module));

/** Skipped tests, although all of their requirements can be installed. */
export const refusedSkips = (modules: readonly TestModule[]): string[] =>
  modules
    .filter((module) => !mayBeSkipped(module))
    .flatMap((module) => [...module.children.allTests('skipped')])
    .map(({ fullName }) => fullName);

const whyItDidNotRun = ({ name, why }: Supplied): string => {
  const last = existsSync(page) ? lastRunOf(readFileSync(page, 'utf8'), name) : undefined;
  return [
    `The tests of ${name} did not run: ${why}`,
    last ? `They last ran on ${last.date} with ${last.engine}.` : 'They have not run yet.',
  ].join(' ');
};

const passedWhole = (module: TestModule): boolean => {
  const states = [...module.children.allTests()].map((test) => test.result().state);
  return states.length > 0 && states.every((state) => state === 'passed') && module.ok();
};

const evidenceOf = (module: TestModule): Evidence => {
  const tests = [...module.children.allTests()];
  const engines = [...new Set(tests.flatMap((test) => test.meta().engines ?? []))].sort();
  const annotated = (type: string) =>
    tests.flatMap((test) =>
      test.annotations().flatMap((one) => (one.type === type ? [one.message] : [])),
    );
  return {
    name: nameOf(module),
    engines,
    date: new Date().toISOString().slice(0, 10),
    facts: tests.map((test) => ({ about: aboutOf(test), fact: test.name })),
    figures: annotated('figure'),
    notShown: [...annotated('not shown'), ...engines.flatMap(notAsShipped)],
  };
};

const isImage = (name: string): boolean => name in images;

/** A text about an engine with another release than its image. */
const notAsShipped = (engine: string): string[] => {
  const [name = '', release] = engine.split(' ');
  if (!isImage(name) || release === imageRelease(name)) return [];
  if (name === 'grafana') {
    return [`grafana ${imageRelease(name)}, which ships: the available one is ${release}`];
  }
  return [
    `${name} ${imageRelease(name)}, which ships: the Go module proxy has no later version of its module than ${release}`,
  ];
};

/** The titles of the groups of a test, outermost first. */
const aboutOf = (test: TestCase): string => {
  const titles: string[] = [];
  let parent = test.parent;
  while (parent.type === 'suite') {
    titles.unshift(parent.name);
    parent = parent.parent;
  }
  return titles.join(': ');
};
