import type { Finding } from '../../model/finding.js';
import { validateValue } from '../../schema/validate-value.js';
import type { Dashboard } from '../dashboard.js';
import { contentFinding } from '../faults.js';
import { exportSchema } from './export.js';
import { importDashboard } from './import-dashboard.js';
import { inlineLibraryPanels } from './library-panel.js';
import type { WrappedDashboard } from './unwrap.js';
import { classicOf } from './v2/convert.js';
import { v2Schema } from './v2/schema.js';

/** A dashboard of a file, unless a finding is an error. */
export interface Imported {
  readonly value?: Dashboard;
  readonly findings: readonly Finding[];
}

/** Imports a dashboard in any version of Grafana's format. */
export const importWrapped = ({ json, folder, path }: WrappedDashboard, file: string): Imported => {
  const at = (inner = '') => [path, inner].filter(Boolean).join('.');
  const findingsOf = (faults: readonly Parameters<typeof contentFinding>[0][]) =>
    faults.map((fault) => contentFinding({ ...fault, place: placeOf(file, at(fault.place.path)) }));
  const classic = isV2(json) ? ofV2(json, file) : { json, faults: [] };
  if (classic.json === undefined) return { findings: findingsOf(classic.faults) };
  const inlined = inlineLibraryPanels(classic.json);
  const faults = [
    ...classic.faults,
    ...inlined.faults.map(({ path: inner, ...fault }) => ({
      ...fault,
      place: placeOf(file, inner ?? ''),
    })),
  ];
  if (inlined.faults.length > 0) return { findings: findingsOf(faults) };
  const exported = validateValue(exportSchema, inlined.json, file);
  return {
    findings: findingsOf([...faults, ...exported.faults]),
    ...(exported.data && { value: importDashboard(exported.data, folder) }),
  };
};

const placeOf = (file: string, path: string) => ({ file, ...(path && { path }) });

/** Whether a dashboard is of the second version, which has elements and a layout in place of panels. */
const isV2 = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && 'elements' in json && !('panels' in json);

const ofV2 = (json: unknown, file: string) => {
  const { data, faults } = validateValue(v2Schema, json, file);
  if (!data) return { json: undefined, faults };
  const converted = classicOf(data);
  return {
    json: converted.json,
    faults: converted.faults.map(({ path, ...fault }) => ({ ...fault, place: { file, path } })),
  };
};
