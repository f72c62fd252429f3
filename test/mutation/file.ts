import { parse, stringify } from 'yaml';
import { ini } from '../../src/components/grafana/ini.js';
import type { Manifest } from '../../src/model/manifest.js';
import { type Path, type Place, placeIn, put, type Untyped } from './place.js';

/** A file in a ConfigMap. */
export interface EmbeddedFile {
  readonly manifest: Manifest;
  readonly key: string;
  readonly kind: 'configuration' | 'rules' | 'dashboard';
  readonly tree: Untyped;
  readonly print: (tree: Untyped) => string;
}

/** Every file of every ConfigMap, parsed. */
export const filesIn = (manifests: readonly Manifest[]): EmbeddedFile[] =>
  manifests
    .filter(({ object }) => object.kind === 'ConfigMap')
    .flatMap((manifest) =>
      Object.entries(manifest.object.data ?? {}).map(([key, text]) =>
        read(manifest, key, String(text)),
      ),
    );

const read = (manifest: Manifest, key: string, text: string): EmbeddedFile => {
  if (key.endsWith('.ini')) {
    return { manifest, key, kind: 'configuration', tree: ini.read(text), print: printIni };
  }
  if (key.endsWith('.json')) {
    const tree = JSON.parse(text);
    const kind = tree.panels ? 'dashboard' : 'configuration';
    return { manifest, key, kind, tree, print: (one) => JSON.stringify(one, null, 2) };
  }
  const tree = parse(text);
  const kind = Array.isArray(tree?.groups) ? 'rules' : 'configuration';
  return { manifest, key, kind, tree, print: (one) => stringify(one, { lineWidth: 0 }) };
};

const printIni = (sections: Record<string, Record<string, string>>): string =>
  Object.entries(sections)
    .map(
      ([name, keys]) =>
        `[${name}]\n${Object.entries(keys)
          .map(([key, value]) => `${key} = ${/[;#]/.test(value) ? `"""${value}"""` : value}\n`)
          .join('')}`,
    )
    .join('\n');

/** The place of a fault in a file. */
export const placeInFile = (
  manifests: readonly Manifest[],
  { manifest, key, tree, print }: EmbeddedFile,
  path: Path,
  was: unknown,
  change: (tree: Untyped) => Untyped,
): Place =>
  placeIn(manifests, manifest, `${key}: ${path.join('.')}`, was, (object) =>
    put(object, ['data', key], print(change(tree))),
  );
