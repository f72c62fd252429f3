/** The results of one test file in one run. */
export interface Evidence {
  /** The test file, without its extension. */
  readonly name: string;
  /** As `name version`. */
  readonly engines: readonly string[];
  /** `yyyy-mm-dd`. */
  readonly date: string;
  readonly facts: readonly { readonly about: string; readonly fact: string }[];
  readonly figures: readonly string[];
  /** The facts that could not be shown, with the reason. */
  readonly notShown: readonly string[];
}

const introduction = (
  grafana: LastRun | undefined,
  loki: LastRun | undefined,
): string => `# Evidence

The results of \`npm run test:live\` on the real engines, with a section for each test file. The run
writes this page: it replaces a section if all tests of the file pass, so each section has the date of
its last successful run. Continuous integration runs all sections except those on the oldest supported
Kubernetes: \`KUBERNETES=oldest npm run test:live -- test/live/cluster\`. The others use the newest.
\`npm run test:long\` has what takes long or needs a machine of its own: the section \`log-agent-full-disk\`.

No package registry has Grafana's server or Loki, so continuous integration has neither, and skips only the
sections \`grafana\` and \`loki\`. \`GRAFANA=<home folder or binary> npm run test:live -- test/live/grafana\`
runs it. Without a Grafana, \`npm test\` checks the configuration, the foundation SDK decodes the
dashboards, and Prometheus answers their queries.
${ranOn(grafana)}

\`LOKI=<binary> npm run test:live -- test/live/loki\` runs the section \`loki\`.
${ranOn(loki)}
`;

const ranOn = (last: LastRun | undefined): string =>
  last ? `The last run was on ${last.date} with ${last.engine}.` : 'It has not run yet.';

/** The last time a test file passed, and the version of an engine. */
export interface LastRun {
  /** `yyyy-mm-dd`. */
  readonly date: string;
  /** As `name version`. */
  readonly engine: string;
}

/** The last run of the section with the name of an engine. */
export const lastRunOf = (page: string, name: string): LastRun | undefined => {
  const line = new RegExp(`^## ${name}\\n(\\S+), (.+): \\d+ tests\\.$`, 'm').exec(page);
  const engine = line?.[2]?.split(', ').find((one) => one.startsWith(`${name} `));
  return line?.[1] && engine ? { date: line[1], engine } : undefined;
};

/** The page with the sections of a run, which replace those with the same name, sorted by name. */
export const mergeEvidence = (page: string, run: readonly Evidence[]): string => {
  const [, ...sections] = page.split(/^(?=## )/m);
  const named = new Map(sections.map((section) => [headingOf(section), `${section.trimEnd()}\n`]));
  for (const evidence of run) {
    const section = sectionOf(evidence);
    named.set(headingOf(section), section);
  }
  const sorted = [...named].sort(([a], [b]) => (a < b ? -1 : 1));
  const sectionsText = sorted.map(([, section]) => section).join('\n');
  return [
    introduction(lastRunOf(sectionsText, 'grafana'), lastRunOf(sectionsText, 'loki')),
    sectionsText,
  ].join('\n');
};

const headingOf = (section: string): string => section.slice(3, section.indexOf('\n'));

const sectionOf = ({ name, engines, date, facts, figures, notShown }: Evidence): string => {
  const [, end] = /(?:^|,)kubernetes-(\w+) /.exec(engines.join()) ?? [];
  const groups = [...new Set(facts.map(({ about }) => about))];
  return [
    `## ${name}${end ? ` on the ${end} Kubernetes` : ''}`,
    `${date}, ${engines.join(', ')}: ${facts.length} tests.`,
    '',
    ...figures.map((figure) => `- Figure: ${figure}`),
    ...notShown.map((gap) => `- Not shown: ${gap}`),
    ...groups.flatMap((about) =>
      groupOf(
        about,
        facts.filter((one) => one.about === about).map(({ fact }) => fact),
      ),
    ),
    '',
  ].join('\n');
};

// A long list is collapsed: most of it is one sentence for many objects.
const longestList = 12;

const groupOf = (about: string, facts: readonly string[]): string[] => {
  if (facts.length <= longestList) {
    return about === ''
      ? facts.map((fact) => `- ${fact}`)
      : [`- ${about}`, ...facts.map((fact) => `  - ${fact}`)];
  }
  return [
    '',
    `<details><summary>${about || 'Facts'}: ${facts.length}</summary>`,
    '',
    ...facts.map((fact) => `- ${fact}`),
    '',
    '</details>',
    '',
  ];
};
