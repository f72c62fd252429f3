import type { MountedFile } from '../../support/file.js';
import type { PodTemplate } from '../../support/pod/template.js';
import { listOf, recordOf, type Untyped } from '../../support/untyped.js';
import type { ConfigurationFault } from './faults.js';

/** Faults in how processes get changes of their configuration, and in their variables. */
export const processFaults = (
  template: PodTemplate,
  files: readonly MountedFile[],
): ConfigurationFault[] => [
  ...unnoticed(template, files),
  ...frozen(template, files),
  ...template.containers.flatMap(({ container, path }) => variableFaults(container, path)),
];

const restartOn = 'crowsnest/restart-on';

/** Pods that do not restart when a file changes that the process reads only at its start. */
const unnoticed = (template: PodTemplate, files: readonly MountedFile[]): ConfigurationFault[] => {
  const { metadata, path } = template;
  const restarts = files.some(
    (one) => one.template.manifest === template.manifest && one.file?.reload === 'restart',
  );
  if (!restarts) return [];
  if (recordOf(metadata.annotations)[restartOn]) return [];
  return [
    {
      path: `${path.replace(/spec$/, 'metadata')}.annotations['${restartOn}']`,
      fault: 'no-restart',
    },
  ];
};

/** Files that the process reloads after a change, but that Kubernetes does not update. */
const frozen = (template: PodTemplate, files: readonly MountedFile[]): ConfigurationFault[] =>
  files
    .filter((one) => one.template.manifest === template.manifest && one.file?.reload === 'itself')
    .flatMap(({ container, paths }) =>
      listOf(container.container.volumeMounts).flatMap(({ mountPath, subPath }, index) =>
        subPath && paths.some((path) => `${path}/`.startsWith(`${mountPath}/`))
          ? [
              {
                path: `${container.path}.volumeMounts[${index}].subPath`,
                fault: 'frozen-file' as const,
                value: subPath,
              },
            ]
          : [],
      ),
    );

/** Variables without a value, and arguments that use an undefined variable. */
const variableFaults = (
  container: Readonly<Record<string, Untyped>>,
  path: string,
): ConfigurationFault[] => {
  const variables = listOf(container.env);
  const names = variables.map(({ name }) => name);
  return [
    ...variables.flatMap(({ name, value, valueFrom }, index) =>
      value !== undefined || Object.keys(recordOf(valueFrom)).length > 0
        ? []
        : [
            {
              path: `${path}.env[${index}]`,
              fault: 'empty-variable' as const,
              value: name,
            },
          ],
    ),
    ...listOf(container.args).flatMap((argument, index) =>
      // `$$` is an escaped `$`.
      [...`${argument}`.matchAll(/(?<!\$)\$\((\w+)\)/g)]
        .filter(([, name]) => !names.includes(name))
        .map(([, name]) => ({
          path: `${path}.args[${index}]`,
          fault: 'unknown-variable' as const,
          value: name,
        })),
    ),
  ];
};
