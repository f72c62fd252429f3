import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadMonitors } from '../../src/applications/load.js';
import { withApplications } from '../../src/applications/merge.js';
import { possibleComponents } from '../../src/environment/components.js';
import type { EnvironmentOptions } from '../../src/environment/environment.js';
import { validate } from '../../src/environment/validate.js';
import type { SynthesizedStack } from '../../src/output/synthesized-stack.js';
import { buildStack } from '../../src/stack.js';
import { minimal, noContent } from '../environment.js';
import { fill } from '../output/folder.js';

/** Loads files of `applications/`, by their names. */
export const loaded = (files: Readonly<Record<string, string>>) => {
  const folder = mkdtempSync(join(tmpdir(), 'crowsnest-test-'));
  try {
    const all = Object.entries(files).map(([name, text]) => [`applications/${name}`, text]);
    return loadMonitors([fill(folder, Object.fromEntries(all))]);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** The codes of the findings of a file, each with its path. */
export const faultsIn = (text: string): string[] =>
  loaded({ 'shop.yaml': text }).findings.map(
    ({ code, place }) => `${code.replace('applications/', '')} ${place.path ?? ''}`,
  );

/** The stack of an environment with the parties of files of `applications/`. */
export const stackWith = (
  files: Readonly<Record<string, string>>,
  options: Partial<EnvironmentOptions> = {},
): SynthesizedStack => {
  const { monitors, unreadable, findings } = loaded(files);
  if (findings.length > 0) throw new Error(JSON.stringify(findings, null, 2));
  const { environment } = validate({ ...minimal, ...options }, 'test', 'environments/test.ts');
  const components = possibleComponents(environment!).map(({ name }) => name);
  const merged = withApplications(environment!, { monitors, files: [], unreadable }, components, {
    retention: '15d',
    scrapeInterval: '30s',
  });
  if (merged.findings.length > 0) throw new Error(JSON.stringify(merged.findings, null, 2));
  return buildStack(merged.environment, noContent);
};

export const service = `kind: Service
metadata: { name: shop, namespace: shop, labels: { app: shop, team: cart } }
spec:
  selector: { app: shop }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
`;

/** A ServiceMonitor with one endpoint, and further fields of its spec. */
export const serviceMonitor = (endpoint: string, more = ''): string => `kind: ServiceMonitor
metadata: { name: shop, namespace: shop }
spec:
  selector: { matchLabels: { app: shop } }
  endpoints: [${endpoint}]
  ${more}
`;

/** A PodMonitor with one endpoint, and further fields of its spec. */
export const podMonitor = (endpoint: string, more = ''): string => `kind: PodMonitor
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  podMetricsEndpoints: [${endpoint}]
  ${more}
`;
