import { platformOf } from '../config/platforms.js';
import type { Answers } from './answers.js';
import { clusterLines } from './draft-cluster.js';
import { peopleLines } from './draft-exposure.js';
import type { ClusterFacts } from './facts.js';
import { chosen, found, type Line } from './line.js';
import { properties, wrapped } from './literal.js';

/** The options of an environment for a cluster. */
export const draft = (facts: ClusterFacts, answers: Answers): Line[] => [
  chosen(
    'stage',
    answers.stage,
    `${answers.asked ? '' : 'Not asked. '}development, staging, or production, which requires alerting.`,
  ),
  clusterLines(facts, answers),
  chosen('size', answers.size, sentence(facts.size.from)),
  ...nodeAgents(facts),
  ...priorities(facts),
  ...peopleLines(facts, answers),
];

const sentence = (text: string): string => `${text[0]?.toUpperCase()}${text.slice(1)}.`;

const nodeAgents = ({ platform, monitoring }: ClusterFacts): Line[] => {
  // They cannot run there at all.
  if (platformOf(platform.value).withoutNodeAgents) return [];
  const { nodeExporterPort: port, taken } = monitoring;
  return [
    ...(platform.value === 'generic'
      ? [
          chosen(
            'nodeAgents',
            { kind: 'deployed' },
            "If pods cannot read the host: { kind: 'none', reason: '…' }",
          ),
        ]
      : []),
    ...(port
      ? [
          found(
            'nodeExporter',
            { port: port.value },
            `Ports of the nodes in use: ${taken.map(({ port: used, by }) => `${used} by ${by}`).join(', ')}.`,
          ),
        ]
      : []),
  ];
};

const priorities = ({ priorityClasses }: ClusterFacts): Line[] =>
  priorityClasses.length > 0
    ? [{ remark: [`priorityClass: the cluster has ${priorityClasses.join(', ')}.`] }]
    : [];

/** The file of an environment. */
export const environmentText = (
  lines: readonly Line[],
  { source, about, library }: { source: string; about: string; library: string },
): string => {
  const comment = [
    ...wrapped(`Written by crowsnest init from ${source}.`, 97),
    'Comments state where values come from.',
    ...wrapped(about, 97),
  ];
  return `import type { EnvironmentOptions } from '${library}';

/**
${comment.map((text) => ` * ${text.replaceAll('*/', '* /')}`).join('\n')}
 */
export default {
${properties(lines)}} satisfies EnvironmentOptions;
`;
};
