import type { WrappedFault } from './wrapped-fault.js';

type Fields = Readonly<Record<string, unknown>>;

/** A dashboard with the models of its library panels in their places. */
export interface Inlined {
  readonly json: unknown;
  readonly faults: readonly WrappedFault[];
}

/**
 * Puts the models of library panels, which an export for sharing has in `__elements`, in the place of
 * the panels that refer to them: Grafana loads library panels from its database only.
 * https://grafana.com/docs/grafana/latest/dashboards/share-dashboards-panels/#export-a-dashboard-as-json
 */
export const inlineLibraryPanels = (json: unknown): Inlined => {
  if (typeof json !== 'object' || json === null) return { json, faults: [] };
  const { __elements: elements, panels, rows } = json as Fields;
  const models = modelsOf(elements);
  const faults: WrappedFault[] = [];
  const inList = (list: unknown, path: string): unknown =>
    Array.isArray(list) ? list.map((one, index) => inPanel(one, `${path}[${index}]`)) : list;
  const inPanel = (panel: unknown, path: string): unknown => {
    if (typeof panel !== 'object' || panel === null) return panel;
    const { libraryPanel, ...rest } = panel as Fields;
    const inner =
      rest.panels === undefined ? {} : { panels: inList(rest.panels, `${path}.panels`) };
    const { uid, name } = (libraryPanel ?? {}) as {
      readonly uid?: unknown;
      readonly name?: unknown;
    };
    if (typeof uid !== 'string' || uid === '') return { ...panel, ...inner };
    const model = models.get(uid);
    if (!model) {
      faults.push({
        fault: 'missing-library-panel',
        path: `${path}.libraryPanel`,
        message: `The file does not have the model of the library panel '${name ?? uid}'.`,
        value: uid,
      });
      return { ...panel, ...inner };
    }
    const { id: _id, gridPos: _gridPos, libraryPanel: _libraryPanel, ...shown } = model;
    return { ...rest, ...shown };
  };
  const inlined = {
    ...json,
    ...(panels !== undefined && { panels: inList(panels, 'panels') }),
    ...(rows !== undefined && { rows: inList(rows, 'rows') }),
  };
  return { json: inlined, faults };
};

/** The models of panels by uid; Grafana 8 wrote a list, and later versions an object. */
const modelsOf = (elements: unknown): ReadonlyMap<unknown, Fields> =>
  new Map(
    Object.entries((elements ?? {}) as Readonly<Record<string, Fields>>).flatMap(
      ([key, one]): [unknown, Fields][] => {
        const model = one?.model as Fields | null | undefined;
        return typeof model === 'object' && model !== null ? [[one.uid ?? key, model]] : [];
      },
    ),
  );
