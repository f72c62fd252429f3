import type { Finding, Place } from '../model/finding.js';

/** Findings as a SARIF 2.1.0 log (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), which code hosts display. */
export const sarif = (findings: readonly Finding[]): object => ({
  $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  version: '2.1.0',
  runs: [
    {
      tool: {
        driver: { name: 'crowsnest', rules: rulesOf(findings) },
      },
      results: findings.map(resultOf),
    },
  ],
});

/** Each code once. */
const rulesOf = (findings: readonly Finding[]): object[] =>
  [...new Set(findings.map(({ code }) => code))].map((id) => ({ id }));

const resultOf = (finding: Finding): object => {
  const { code, severity, place, others = [] } = finding;
  const related = others.flatMap(locationsOf);
  return {
    ruleId: code,
    level: severity,
    message: { text: textOf(finding) },
    locations: locationsOf(place),
    ...(related.length > 0 && {
      relatedLocations: related.map((one, id) => ({ id, ...one })),
    }),
  };
};

const textOf = ({ message, why, remedy, suggestion, place }: Finding): string =>
  [
    [[place.object, place.path].filter(Boolean).join(' '), message].filter(Boolean).join(': '),
    why,
    remedy,
    suggestion && `Did you mean '${suggestion}'?`,
  ]
    .filter(Boolean)
    .join(' ');

// A file outside the working directory has no address that a code host knows.
const locationsOf = ({ file, line, column }: Place): object[] =>
  file === undefined || file.startsWith('..')
    ? []
    : [
        {
          physicalLocation: {
            artifactLocation: { uri: encodeURI(file.replaceAll('\\', '/')) },
            ...(line !== undefined && {
              region: { startLine: line, ...(column !== undefined && { startColumn: column }) },
            }),
          },
        },
      ];
