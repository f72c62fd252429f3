import { join } from 'node:path';
import type { z } from 'zod';
import {
  type LoadModule,
  loadModules,
  type Module,
  type Modules,
  sameName,
} from '../config/modules.js';
import { originOf } from '../config/origin.js';
import { strayFiles } from '../config/stray.js';
import type { ContentSource } from '../model/check.js';
import { type Finding, hasError } from '../model/finding.js';
import { firstLineOf } from '../model/unreadable.js';
import { validateValue } from '../schema/validate-value.js';
import { alertFileFaults, type GroupFile, orphans } from './alert-file.js';
import {
  type Alert,
  type AlertGroup,
  alertGroupSchema,
  type Rules,
  rulesSchema,
} from './alert-group.js';
import { alertStyle } from './alert-style.js';
import type { Content } from './content.js';
import { type Dashboard, dashboardSchema } from './dashboard.js';
import { contentFinding } from './faults.js';
import { folderFaults } from './folder.js';
import { importedExtensions, loadDashboards } from './load-dashboards.js';
import { loadRules, type RuleFile } from './load-rules.js';
import { sourceOf, withRunbook } from './source.js';

export interface LoadedContent {
  readonly content: Content;
  readonly findings: readonly Finding[];
}

/** Loads `dashboards/` and `alerts/` of each folder; the first folder ships. */
export const loadContent = async (
  folders: readonly string[],
  load?: LoadModule,
): Promise<LoadedContent> => {
  const [dashboards, alerts] = await Promise.all([
    loadAll(folders, 'dashboards', dashboardSchema, (...where) => loadDashboards(...where, load)),
    loadAll(folders, 'alerts', alertGroupSchema, (...where) => loadModules(...where, load)),
  ]);
  const groups = alerts.loaded.map(({ name, value, source }) => ({
    ...heldRules(value as AlertGroup, source),
    name,
    source,
  }));
  const ruleFiles = folders.flatMap((folder, index) =>
    loadRules(join(folder, 'alerts'), index === 0),
  );
  const files = [...groups, ...ruleFiles.map(groupFileOf)];
  const logFiles = ruleFiles.filter(({ ofLogs }) => ofLogs);
  const records = new Map(files.map(({ name, records }) => [name, records]));
  return {
    content: {
      dashboards: Object.fromEntries(
        dashboards.loaded.map(({ name, value }) => [name, value as Dashboard]),
      ),
      // The values of the modules themselves: an environment identifies a group by the imported object.
      alerts: Object.fromEntries(
        alerts.loaded
          .filter((_, index) => !hasError(groups[index]!.findings))
          .map(({ name, value }) => [name, value as AlertGroup]),
      ),
      ruleFiles: groupsOf(ruleFiles.filter(({ ofLogs }) => !ofLogs)),
      ...(logFiles.length > 0 && { logRuleFiles: groupsOf(logFiles) }),
      sources: Object.fromEntries([
        ...dashboards.sources.map(({ name, source }) => [`dashboards/${name}`, source]),
        ...[...alerts.sources, ...ruleFiles].map(({ name, source }) => [
          `alerts/${name}`,
          withRunbook(source, records.get(name) ?? []),
        ]),
      ]),
    },
    findings: [
      ...dashboards.findings,
      ...folderFaults(
        dashboards.loaded.map(({ value, source }) => ({
          folder: (value as Dashboard).folder,
          source,
        })),
      ),
      ...alerts.findings,
      ...twice(
        [...alerts.sources, ...ruleFiles].map(({ name, source: { file } }) => ({ name, file })),
      ).filter(({ place }) => ruleFiles.some(({ source }) => source.file === place.file)),
      ...files.flatMap(({ findings }) => findings),
      ...sameAlerts(files),
      ...alertFileFaults(files.filter(({ findings }) => !hasError(findings))),
      ...folders.flatMap((folder) => [
        ...strayFiles(join(folder, 'dashboards'), 'content', importedExtensions),
        ...strayFiles(join(folder, 'alerts'), 'content', ['.md', '.test.yaml', '.yaml', '.yml']),
      ]),
      ...folders.flatMap((folder) =>
        orphans(
          join(folder, 'alerts'),
          files.map(({ name }) => name),
        ),
      ),
    ],
  };
};

/** The groups of the files without errors, by the name of the file. */
const groupsOf = (files: readonly RuleFile[]) =>
  Object.fromEntries(
    files
      .filter(({ findings }) => !hasError(findings))
      .map(({ name, groups: ofFile }) => [name, ofFile]),
  );

const groupFileOf = ({ groups, ...file }: RuleFile) => ({
  ...file,
  records: groups.flatMap(({ rules }) => rules.flatMap(({ record }) => record ?? [])),
  alerts: groups
    .flatMap(({ rules }) => rules)
    .flatMap(({ alert, expr, annotations = {} }) => {
      if (alert === undefined) return [];
      const runbook = annotations.runbook_url ?? annotations.runbook;
      return [{ alert, expr, ...(runbook && { runbook }) }];
    }),
});

/** The rules of a group with its defaults; a fault has the line of its alert. */
const heldRules = (
  group: AlertGroup,
  source: ContentSource,
): Pick<GroupFile, 'alerts'> & {
  readonly records: readonly string[];
  readonly findings: readonly Finding[];
} => {
  let made: unknown;
  try {
    made = group.rules(group.thresholds);
  } catch (error) {
    return {
      alerts: [],
      records: [],
      findings: [
        contentFinding({
          fault: 'failing-rules',
          place: { file: source.file, path: 'rules', ...originOf(error) },
          message: `The function rules throws an error: ${firstLineOf(error)}`,
        }),
      ],
    };
  }
  const { data, faults } = validateValue(rulesSchema, made, source.file);
  return {
    alerts: (data?.alerts ?? []) as readonly Alert[],
    records: (data?.recordings ?? []).map(({ record }) => record),
    findings: [
      ...faults.map((one) => contentFinding({ ...one, place: atAlert(one.place, made, source) })),
      ...(data ? alertStyle(data as Rules, source) : []),
    ],
  };
};

const atAlert = (place: Finding['place'], made: unknown, { lineOf }: ContentSource) => {
  const index = /^alerts\[(\d+)\]/.exec(place.path ?? '')?.[1];
  const name = index === undefined ? undefined : nameAt(made, Number(index));
  const line = typeof name === 'string' ? lineOf(name) : undefined;
  return { ...place, ...(line && { line }) };
};

const nameAt = (made: unknown, index: number): unknown => {
  try {
    return (made as { alerts: { alert: unknown }[] }).alerts[index]!.alert;
  } catch {
    // The rules have another type, or cannot be read.
    return undefined;
  }
};

const sameAlerts = (groups: readonly GroupFile[]): Finding[] => {
  const all = groups.flatMap(({ alerts, source }) =>
    alerts.map(({ alert }) => ({ alert, source })),
  );
  return all.flatMap(({ alert, source }): Finding[] => {
    const first = all.find((one) => one.alert === alert)!;
    if (first.source === source) return [];
    return [
      contentFinding({
        fault: 'duplicate-alert',
        place: { file: source.file, line: source.lineOf(alert) },
        message: `An alert of ${first.source.file} has the same name.`,
        value: alert,
      }),
    ];
  });
};

const loadAll = async <T>(
  folders: readonly string[],
  subject: string,
  schema: z.ZodType<T>,
  load: (folder: string, check: string) => Promise<Modules>,
) => {
  const all = await Promise.all(folders.map((folder) => load(join(folder, subject), 'content')));
  const modules = all.flatMap((one, index) =>
    one.modules.map((module) => ({ ...module, source: sourceOf(module.file, index === 0) })),
  );
  const read = modules.map((module) => ({
    ...module,
    ...validateValue(schema, module.value, module.file),
  }));
  return {
    sources: modules,
    loaded: read.flatMap(({ data, ...rest }) => (data === undefined ? [] : [{ ...rest, data }])),
    findings: [
      ...all.flatMap((one) => one.findings),
      ...twice(modules),
      ...read.flatMap(({ faults }) => faults.map(contentFinding)),
    ],
  };
};

const placeOf = ({ file, part }: Pick<Module, 'file' | 'part'>): string =>
  part ? `${part} of ${file}` : file;

const twice = (modules: readonly Pick<Module, 'name' | 'file' | 'part'>[]): Finding[] =>
  modules.flatMap((module, index) => {
    const first = modules.findIndex(({ name }) => name === module.name);
    return first === index ? [] : [sameName(module, placeOf(modules[first]!), 'content')];
  });
