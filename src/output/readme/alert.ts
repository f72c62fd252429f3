import { parse } from 'yaml';
import type { Manifest } from '../../model/manifest.js';
import { code, table } from './markdown.js';

/** The alerts that are evaluated. */
export const alerts = (manifests: readonly Manifest[]): string[] => [
  '## Alerts',
  table(['alert', 'severity', 'runbook'], rows(manifests)),
];

const rows = (manifests: readonly Manifest[]): string[][] =>
  rulesIn(manifests)
    .flatMap(({ groups }) => groups)
    .flatMap(({ name, rules }) => rules.map((rule) => ({ name, ...rule })))
    .filter(({ alert }) => alert !== undefined)
    .map(({ name, alert = '', labels }): string[] => [
      alert,
      labels?.severity ?? '',
      code(`alerts/${name}.md#${alert.toLowerCase()}`),
    ])
    .sort(([a = ''], [b = '']) => (a < b ? -1 : 1));

interface RuleFile {
  readonly groups: readonly {
    readonly name: string;
    readonly rules: readonly { alert?: string; labels?: Record<string, string> }[];
  }[];
}

const rulesIn = (manifests: readonly Manifest[]): RuleFile[] =>
  manifests
    .filter(({ object }) => object.kind === 'ConfigMap' && /-rules-\d+$/.test(object.metadata.name))
    .flatMap(({ object }) => Object.values(object.data ?? {}))
    .map((text) => parse(text as string) as RuleFile);
