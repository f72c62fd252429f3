import { type Change, type Detail, kindOf } from '../change.js';
import type { Comparison } from '../comparison.js';
import { type Difference, detailsOf, differences } from '../differences.js';
import { type Json, records } from '../untyped.js';

interface Found {
  readonly model: Json;
  /** The name of its ConfigMaps, which has the folder. */
  readonly maps: string;
}

/** Dashboards by their uid, with the panels that are added, removed or changed. */
export const dashboards = ({ files }: Comparison): Change[] => {
  const on = (side: 'before' | 'after'): Map<string, Found> =>
    new Map(
      files.flatMap(({ configMap, [side]: file }) =>
        file?.kind === 'dashboard'
          ? [
              [
                `${file.value.uid ?? file.value.title}`,
                { model: file.value, maps: configMap.replace(/-\d+$/, '') },
              ] as const,
            ]
          : [],
      ),
    );
  const [before, after] = [on('before'), on('after')];
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((uid): Change[] => {
    const [old, fresh] = [before.get(uid), after.get(uid)];
    const subject = `${(fresh ?? old)!.model.title ?? uid}`;
    const base = { section: 'dashboards', kind: kindOf(old, fresh), subject } as const;
    if (!old || !fresh) {
      const count = `${panelsOf((fresh ?? old)!.model).size} panels`;
      return [{ ...base, details: [{ what: count }] }];
    }
    const details = compared(old, fresh);
    return details.length > 0 ? [{ ...base, details }] : [];
  });
};

const compared = (old: Found, fresh: Found): Detail[] => {
  const { panels: oldPanels, ...before } = old.model;
  const { panels: freshPanels, ...after } = fresh.model;
  const found = [
    ...(old.maps === fresh.maps
      ? []
      : [{ what: 'ConfigMaps', before: old.maps, after: fresh.maps }]),
    ...detailsOf(differences(before, after)),
    ...ofPanels(panelsOf(old.model), panelsOf(fresh.model)),
  ];
  if (found.length > 0) return found;
  return JSON.stringify(oldPanels) === JSON.stringify(freshPanels) ? [] : [{ what: 'layout' }];
};

type Panels = ReadonlyMap<string, Json>;

const ofPanels = (before: Panels, after: Panels): Detail[] =>
  [...new Set([...before.keys(), ...after.keys()])].flatMap((title): Detail[] => {
    const [old, fresh] = [before.get(title), after.get(title)];
    const what = `panel ${title}`;
    if (!old) return [{ what, after: `${fresh.type}` }];
    if (!fresh) return [{ what, before: `${old.type}` }];
    return differences(content(old), content(fresh))
      .map(named)
      .flatMap((one) => detailsOf([one]))
      .map((detail) => ({ ...detail, what: `${what}: ${detail.what}` }));
  });

// Ids and positions are assigned by the order of the panels.
const content = ({ id, gridPos, ...panel }: Json): Json => panel;

const settings = ['fieldConfig', 'defaults', 'options', 'custom'];

/** A difference with the name that the editor of Grafana has for it. */
const named = (one: Difference): Difference => {
  const [first = '', second = '', ...rest] = one.path;
  if (first === 'targets' && rest.join() === 'expr') {
    return { ...one, path: [`query ${second.slice(1, -1)}`] };
  }
  const path = one.path.filter((name) => !settings.includes(name));
  return { ...one, path: path.length > 0 ? path : one.path };
};

/** The panels of a dashboard by their titles, also those in closed rows; equal titles are numbered. */
const panelsOf = ({ panels }: Json): Map<string, Json> => {
  const found = new Map<string, Json>();
  const all = records(panels).flatMap((panel) => [
    ...(panel.type === 'row' ? [] : [panel]),
    ...records(panel.panels),
  ]);
  for (const panel of all) {
    const title = `${panel.title || panel.type}`;
    let name = title;
    for (let count = 2; found.has(name); count += 1) name = `${title} (${count})`;
    found.set(name, panel);
  }
  return found;
};
