import { join } from 'node:path';
import { checkProject } from '../../src/check-project.js';
import type { Answers } from '../../src/cluster/answers.js';
import { defaultAnswers } from '../../src/cluster/defaults.js';
import { draft, environmentText } from '../../src/cluster/draft.js';
import { type ClusterFacts, clusterFacts } from '../../src/cluster/facts.js';
import { lookUps } from '../../src/cluster/line.js';
import type { Reading } from '../../src/cluster/reading.js';
import { about } from '../../src/cluster/summary.js';
import type { Finding } from '../../src/model/finding.js';
import type { KubernetesObject } from '../../src/model/manifest.js';
import { fill, temporaryFolder } from '../output/folder.js';

export const readingOf = (objects: readonly KubernetesObject[], source = 'a file'): Reading => ({
  source,
  name: 'test',
  objects,
  missing: [],
});

/** The environment that init writes if it asks nothing, or with these answers. */
export const written = (
  reading: Reading,
  name: string,
  answers: (facts: ClusterFacts) => Partial<Answers> = () => ({}),
) => {
  const facts = clusterFacts(reading);
  const lines = draft(facts, { ...defaultAnswers(facts, name), ...answers(facts) });
  const text = environmentText(lines, {
    source: reading.source,
    about: about(facts),
    library: '../src/index.js',
  });
  return { facts, text, lookUps: lookUps(lines) };
};

/** Checks environments from their texts, as a project: the errors and warnings of each. */
export const checked = async (
  texts: Readonly<Record<string, string>>,
  shipped?: string,
): Promise<Record<string, string[]>> => {
  const folder = temporaryFolder();
  const files = Object.entries(texts).map(([name, text]) => [`environments/${name}.ts`, text]);
  fill(folder, Object.fromEntries(files));
  const { findings, stacks } = await checkProject(
    { environments: join(folder, 'environments'), out: join(folder, 'dist') },
    shipped,
  );
  const namesOf = ({ place }: Finding) =>
    place.environment ?? /([^/]+)\.ts$/.exec(place.file ?? '')?.[1];
  return {
    built: stacks.map(({ environment }) => `${environment.name}: ${environment.cluster.platform}`),
    ...Object.fromEntries(
      Object.keys(texts).map((name) => [
        name,
        findings
          .filter((one) => namesOf(one) === name)
          .map((one) => `${one.severity} ${one.code} ${one.place.path ?? ''} ${one.message}`),
      ]),
    ),
    others: findings
      .filter((one) => !Object.keys(texts).includes(namesOf(one) ?? ''))
      .map((one) => `${one.severity} ${one.code} ${JSON.stringify(one.place)} ${one.message}`),
  };
};
