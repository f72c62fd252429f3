import type { Manifest } from '../../model/manifest.js';
import { onceForText } from '../../model/once.js';
import { fromYaml } from '../../model/yaml.js';
import { listOf, named, recordOf } from '../reference/lenient.js';

/** A rule as Prometheus reads it. */
export interface Rule {
  /** Name of its file, without the extension. */
  readonly file: string;
  readonly kind: 'alert' | 'record';
  readonly name: string;
  readonly expr: string;
  /** Its own, and those of its group. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly manifest: Manifest;
}

/** The rules of all rule files that ship to Prometheus. */
export const rulesIn = (manifests: readonly Manifest[]): Rule[] =>
  filesOf(manifests, 'prometheus', /\.yaml$/).flatMap(({ name, text, manifest }) =>
    read(text).map((rule) => ({ ...rule, file: name, manifest })),
  );

export interface ContentFile {
  /** Without the extension. */
  readonly name: string;
  readonly text: string;
  readonly manifest: Manifest;
}

/** The files of a component's ConfigMaps whose names fit. */
export const filesOf = (
  manifests: readonly Manifest[],
  component: string,
  key: RegExp,
): ContentFile[] =>
  named(manifests).flatMap((manifest) => {
    const { kind, metadata, data } = manifest.object;
    if (kind !== 'ConfigMap' || metadata.labels?.['app.kubernetes.io/name'] !== component)
      return [];
    return Object.entries(recordOf(data)).flatMap(([file, text]) =>
      key.test(file) && typeof text === 'string'
        ? [{ name: file.replace(/\.\w+$/, ''), text, manifest }]
        : [],
    );
  });

type Read = Omit<Rule, 'file' | 'manifest'>;

// Environments share rule files, of which reading is most of the work.
const read = onceForText((text): readonly Read[] => {
  try {
    return listOf(recordOf(fromYaml(text)).groups).flatMap((group) =>
      listOf(group.rules).flatMap((rule): Read[] => {
        const kind = typeof rule.alert === 'string' ? 'alert' : 'record';
        if (typeof rule[kind] !== 'string' || typeof rule.expr !== 'string') return [];
        return [
          {
            kind,
            name: rule[kind],
            expr: rule.expr,
            labels: { ...textRecord(group.labels), ...textRecord(rule.labels) },
            annotations: textRecord(rule.annotations),
          },
        ];
      }),
    );
  } catch {
    // Of a file that cannot be read the check of the configuration tells.
    return [];
  }
});

const textRecord = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(recordOf(value)).filter(([, text]) => typeof text === 'string'),
  );
