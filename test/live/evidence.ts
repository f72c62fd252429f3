import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { images } from '../../src/config/images.js';
import { imageRelease } from '../engines/release.js';
import { type Evidence, mergeEvidence } from './evidence-page.js';

declare module 'vitest' {
  interface TaskMeta {
    /** The engines that the test file had started when the test ended, as `name version`. */
    engines?: readonly string[];
  }
}

const page = resolve(import.meta.dirname, '../../docs/evidence.md');

/** Writes what a run showed to `docs/evidence.md`: the sections of files that passed whole. */
export default class EvidenceReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    if (process.env.NO_SKIPS) refuseSkips(modules);
    const shown = modules.filter(passedWhole).map(evidenceOf);
    if (shown.length === 0) return;
    const present = existsSync(page) ? readFileSync(page, 'utf8') : '';
    writeFileSync(page, mergeEvidence(present, shown));
  }
}

/** Where everything is to run, a test that does not is a failure. */
const refuseSkips = (modules: readonly TestModule[]): void => {
  const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')]);
  if (skipped.length === 0) return;
  console.error(`Skipped:\n${skipped.map(({ fullName }) => `  ${fullName}`).join('\n')}`);
  process.exitCode = 1;
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
    name: basename(module.moduleId, '.test.ts'),
    engines,
    date: new Date().toISOString().slice(0, 10),
    facts: tests.map((test) => ({ about: aboutOf(test), fact: test.name })),
    figures: annotated('figure'),
    notShown: [...annotated('not shown'), ...engines.flatMap(notAsShipped)],
  };
};

const isImage = (name: string): name is keyof typeof images => name in images;

/** What to say of an engine of another release than its image. */
const notAsShipped = (engine: string): string[] => {
  const [name = '', release] = engine.split(' ');
  if (!isImage(name) || release === imageRelease(name)) return [];
  return [
    `${name} ${imageRelease(name)}, which ships: Go’s module proxy has no later version of its module than ${release}`,
  ];
};

/** The titles of the groups around a test, outermost first. */
const aboutOf = (test: TestCase): string => {
  const titles: string[] = [];
  let parent = test.parent;
  while (parent.type === 'suite') {
    titles.unshift(parent.name);
    parent = parent.parent;
  }
  return titles.join(': ');
};
