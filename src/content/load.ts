import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { z } from 'zod';
import { loadModules, type Module, sameName } from '../config/modules.js';
import type { ContentSource } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import type { RenderedContent } from '../model/wiring.js';
import { hold } from '../schema/hold.js';
import { alertGroupSchema, ruleFile } from './alert-group.js';
import { dashboardSchema } from './dashboard.js';

export interface LoadedContent {
  readonly content: RenderedContent;
  /** Where each was made, by `alerts/<name>` and `dashboards/<uid>`. */
  readonly sources: Readonly<Record<string, ContentSource>>;
  readonly findings: readonly Finding[];
}

/** Loads `dashboards/` and `alerts/` of each folder, the first of which ships, in the form that the engines read. */
export const loadContent = async (folders: readonly string[]): Promise<LoadedContent> => {
  const [dashboards, alerts] = await Promise.all([
    loadAll(folders, 'dashboards', dashboardSchema),
    loadAll(folders, 'alerts', alertGroupSchema),
  ]);
  return {
    content: {
      dashboards: Object.fromEntries(
        dashboards.loaded.map(({ name, data }) => [
          name,
          `${JSON.stringify({ ...data, uid: name }, null, 1)}\n`,
        ]),
      ),
      rules: Object.fromEntries(
        alerts.loaded.map(({ name, data }) => [
          `${name}.yaml`,
          stringify(ruleFile(name, data), { lineWidth: 0 }),
        ]),
      ),
    },
    sources: { ...dashboards.sources, ...alerts.sources },
    findings: [...dashboards.findings, ...alerts.findings],
  };
};

const loadAll = async <T>(folders: readonly string[], subject: string, schema: z.ZodType<T>) => {
  const all = await Promise.all(
    folders.map((folder) => loadModules(join(folder, subject), 'content')),
  );
  const modules = all.flatMap((one, index) =>
    one.modules.map((module) => ({ ...module, shipped: index === 0 })),
  );
  const held = modules.map(({ name, file, value }) => ({
    name,
    ...hold(schema, value, file, 'content'),
  }));
  return {
    sources: Object.fromEntries(
      modules.map(({ name, file, shipped }) => [`${subject}/${name}`, source(file, shipped)]),
    ),
    loaded: held.flatMap(({ name, data }) => (data === undefined ? [] : [{ name, data }])),
    findings: [
      ...all.flatMap((one) => one.findings),
      ...twice(modules),
      ...held.flatMap(({ findings }) => findings),
    ],
  };
};

/** Read only once somebody asks for a line. */
const source = (file: string, shipped: boolean): ContentSource => ({
  file,
  shipped,
  lineOf: (text) => {
    const whole = readFileSync(file, 'utf8');
    const at = whole.indexOf(text);
    return at < 0 ? undefined : whole.slice(0, at).split('\n').length;
  },
});

const twice = (modules: readonly Module[]): Finding[] =>
  modules.flatMap((module, index) => {
    const first = modules.findIndex(({ name }) => name === module.name);
    return first === index ? [] : [sameName(module, modules[first]!.file, 'content')];
  });
