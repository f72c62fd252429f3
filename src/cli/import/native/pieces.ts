import { basename, dirname } from 'node:path';
import { ruleFileName } from '../../../content/load-rules.js';
import { type YamlDocument, yamlDocuments } from '../../../model/yaml-document.js';
import type { Library } from '../../new/library.js';
import { alertmanagerPiece } from './alertmanager.js';
import type { Known } from './known.js';
import type { Path } from './path.js';
import type { NativeFile, Piece } from './piece.js';
import { prometheusPiece } from './prometheus.js';
import type { Settings } from './settings.js';

/** The option for a configuration of Alertmanager or Prometheus, and the path of its module. */
export const pieceOf = (
  settings: Settings,
  source: { readonly file: string; readonly text: string },
  templates: readonly { readonly file: string; readonly text: string }[],
  known: Known,
  library: Pick<Library, 'index'>,
): Piece & { readonly path: string } => {
  const beside = templates.filter(({ file }) => isBeside(file, source.file));
  const native: NativeFile = {
    file: source.file,
    value: settings.value,
    lineAt: lineAtOf(settings, source.text),
    templates: {
      ...Object.fromEntries(beside.map(({ file, text }) => [basename(file), text])),
      ...settings.templates,
    },
  };
  const piece =
    settings.of === 'alertmanager'
      ? alertmanagerPiece(native, known.selectors, library)
      : prometheusPiece(native, known, library);
  const stem = ruleFileName(basename(source.file).replace(/\.(json|ya?ml)$/, ''));
  // A file can have both.
  const name = stem.includes(settings.of) || settings.path.length === 1 ? stem : settings.of;
  return { ...piece, path: `settings/${name}.ts` };
};

/** Whether a file is in the folder of another one, or in a folder of it. */
const isBeside = (file: string, other: string): boolean =>
  dirname(file) === dirname(other) || dirname(dirname(file)) === dirname(other);

const lineAtOf = ({ path, text, value }: Settings, whole: string): ((path: Path) => number) => {
  const [index = 0, ...rest] = path;
  const outer = documentsOf(whole)[Number(index)];
  if (text !== undefined) {
    const start = outer?.lineAt(rest) ?? 1;
    const inner = documentsOf(text)[0];
    // The text of a block starts in the line below its key; a decoded one has no lines.
    return whole.includes(text.split('\n')[0] ?? '')
      ? (at) => start + (inner?.lineAt(at) ?? 0)
      : () => start;
  }
  const isList = Array.isArray(outer?.value) && Object.keys(value).length === 1;
  return (at) => outer?.lineAt([...rest, ...(isList ? at.slice(1) : at)]) ?? 1;
};

const documentsOf = (text: string): readonly YamlDocument[] => {
  try {
    return yamlDocuments(text.replace(/^\uFEFF/, '')).filter(({ value }) => value !== null);
  } catch {
    return [];
  }
};
