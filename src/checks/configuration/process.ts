import type { Fault } from '../pod/fault.js';
import type { PodTemplate } from '../pod/template.js';
import { type Loose, listOf, recordOf } from '../reference/lenient.js';
import { componentOf, type ReadFile } from './reading.js';

/** What is wrong with how the processes of pods come to know their configuration and variables. */
export const processFaults = (template: PodTemplate, files: readonly ReadFile[]): Fault[] => [
  ...unnoticed(template, files),
  ...template.containers.flatMap(({ container, path }) => variableFaults(container, path)),
];

const restartOn = 'crowsnest/restart-on';
// The others are given an argument by which they reload, which is held as any argument.
const restarting = ['alertmanager', 'grafana', 'jaeger'];

/** Pods that do not restart when a file changes that they read at their start alone. */
const unnoticed = (template: PodTemplate, files: readonly ReadFile[]): Fault[] => {
  const { metadata, path } = template;
  if (files.length === 0 || !restarting.includes(componentOf(template))) return [];
  if (recordOf(metadata.annotations)[restartOn]) return [];
  return [
    {
      path: `${path.replace(/spec$/, 'metadata')}.annotations['${restartOn}']`,
      message: 'A change of its configuration reaches the running process never.',
      why: 'It reads its files at the start, and nothing in its pods changes with them.',
      remedy: 'Say restartOn with what the files hold.',
    },
  ];
};

/** Variables that hold nothing, and arguments that name one that is not there. */
const variableFaults = (container: Readonly<Record<string, Loose>>, path: string): Fault[] => {
  const variables = listOf(container.env);
  const names = variables.map(({ name }) => name);
  return [
    ...variables.flatMap(({ name, value, valueFrom }, index) =>
      value !== undefined || Object.keys(recordOf(valueFrom)).length > 0
        ? []
        : [
            {
              path: `${path}.env[${index}]`,
              message: 'The variable holds nothing.',
              value: name,
              remedy: 'Say its value, or valueFrom.',
            },
          ],
    ),
    ...listOf(container.args).flatMap((argument, index) =>
      // Two dollars stand for one.
      [...`${argument}`.matchAll(/(?<!\$)\$\((\w+)\)/g)]
        .filter(([, name]) => !names.includes(name))
        .map(([, name]) => ({
          path: `${path}.args[${index}]`,
          message: 'The container has no such variable.',
          value: name,
          why: 'The argument is given as it stands here.',
          remedy: 'Set it in env.',
        })),
    ),
  ];
};
