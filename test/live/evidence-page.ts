/** What one test file showed in one run. */
export interface Evidence {
  /** The test file, without its extension. */
  readonly name: string;
  /** As `name version`. */
  readonly engines: readonly string[];
  /** `yyyy-mm-dd`. */
  readonly date: string;
  readonly facts: readonly { readonly about: string; readonly fact: string }[];
  readonly figures: readonly string[];
  /** What could not be shown, and why. */
  readonly notShown: readonly string[];
}

const introduction = `# Evidence

What \`npm run test:live\` has shown on the real engines, a section a test file. The run itself
writes this page: a section changes when all tests of its file have passed, so its date is that of
the last time. Continuous integration runs all but those on the oldest Kubernetes that is supported,
which \`KUBERNETES=oldest npm run test:live -- test/live/cluster\` shows; the others are on the newest.

Grafana has no section: the Go module proxy in use does not hand out its module, Debian, npm and
PyPI have clients of it, not its server, and no image is pulled here. Its configuration is held by
\`npm test\` alone; its dashboards are decoded by its foundation SDK, and their queries are asked.
`;

/** The page with the sections of a run in place of those of the same name, sorted by name. */
export const mergeEvidence = (page: string, run: readonly Evidence[]): string => {
  const [, ...sections] = page.split(/^(?=## )/m);
  const named = new Map(sections.map((section) => [headingOf(section), `${section.trimEnd()}\n`]));
  for (const evidence of run) {
    const section = sectionOf(evidence);
    named.set(headingOf(section), section);
  }
  const sorted = [...named].sort(([a], [b]) => (a < b ? -1 : 1));
  return [introduction, ...sorted.map(([, section]) => section)].join('\n');
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

// A long list is folded: most of it is one sentence for many objects.
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
