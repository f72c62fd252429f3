import type { CheckInput, ContentSource } from '../../model/check.js';
import {
  type ConfigFile,
  type FileKind,
  type Format,
  type ListedPath,
  matchesPath,
} from '../../model/file.js';
import { type Manifest, titleOf } from '../../model/manifest.js';
import { memoize, memoizeText } from '../../model/memoize.js';
import type { Program } from '../../model/program.js';
import {
  isAt,
  type PlacedContainer,
  type PodTemplate,
  templatesIn,
  volumesOf,
} from './pod/template.js';
import { selects } from './selector.js';
import { listOf, named, recordOf, type Untyped } from './untyped.js';

/** A file that a container mounts from a ConfigMap. */
export interface MountedFile {
  readonly template: PodTemplate;
  readonly container: PlacedContainer;
  readonly manifest: Manifest;
  readonly key: string;
  readonly text: string;
  /** The paths of the file in the container. */
  readonly paths: readonly string[];
  /** The program of the container. @default - not declared */
  readonly program?: Program;
  /** The declaration of the file. @default - unknown */
  readonly file?: ConfigFile;
  /** What it contains, as its program reads it. @default - not known */
  readonly content?: Content;
  /**
   * `found`: the program reads it. `misplaced`: it has the name of a declared file, but another path.
   * `unlisted`: the file that should list it does not. `unknown`: no declared file has this name.
   */
  readonly placement: 'found' | 'misplaced' | 'unlisted' | 'unknown';
}

/** The declared program of a container. */
export const programOf = (
  { components }: CheckInput,
  template: PodTemplate,
  { container }: PlacedContainer,
): Program | undefined =>
  components.find(({ workloads }) => workloads.some((one) => isAt(template, one)))?.programs[
    `${container.name}`
  ];

/** Every file of a ConfigMap that a container mounts, once for each container. */
export const filesIn = memoize((input: CheckInput): readonly MountedFile[] => {
  const manifests = named(input.manifests);
  const maps = new Map(
    manifests
      .filter(({ object }) => object.kind === 'ConfigMap')
      .map((one) => [`${one.object.metadata.namespace}/${one.object.metadata.name}`, one]),
  );
  return templatesIn(manifests).flatMap((template) =>
    template.containers.flatMap((container) => {
      const program = programOf(input, template, container);
      const mounted = mountedIn(template, container, maps);
      const placed = place(mounted, program?.files ?? []);
      return mounted.map((one, index) => {
        const { file, placement } = placed[index]!;
        const content = file && contentOf(file, one.text);
        return { ...one, program, file, placement, content };
      });
    }),
  );
});

/** A file in a ConfigMap that an outside party finds by its labels. */
type LabelledFile = Pick<MountedFile, 'manifest' | 'key' | 'text' | 'content'> & {
  readonly file: ConfigFile;
};

/** Every file of a ConfigMap that an outside party finds by its labels. */
export const labelledFiles = memoize(
  ({ manifests, labelled }: CheckInput): readonly LabelledFile[] =>
    labelled.flatMap(({ namespace, labels, file }) =>
      named(manifests)
        .filter(
          ({ object: { kind, metadata } }) =>
            kind === 'ConfigMap' &&
            metadata.namespace === namespace &&
            selects({ matchLabels: labels }, recordOf(metadata.labels)),
        )
        .flatMap((manifest) =>
          Object.entries(recordOf(manifest.object.data)).flatMap(([key, text]): LabelledFile[] =>
            typeof text === 'string'
              ? [{ manifest, key, text, file, content: contentOf(file, text) }]
              : [],
          ),
        ),
    ),
);

/** A shipped file, independent of the containers that mount it. */
export interface ShippedFile extends Pick<MountedFile, 'manifest' | 'key'> {
  /** The parsed content: the same object for the same text. */
  readonly value: Readonly<Record<string, Untyped>>;
}

/** The shipped files of a kind that can be parsed; the check `configuration` reports the others. */
export const filesOfKind = (input: CheckInput, kind: FileKind): readonly ShippedFile[] =>
  byKind(input).get(kind) ?? [];

const byKind = memoize((input: CheckInput): ReadonlyMap<FileKind, readonly ShippedFile[]> => {
  const kinds = new Map<FileKind, ShippedFile[]>();
  const seen = new Map<Manifest, Set<string>>();
  for (const { file, manifest, key, content } of [...filesIn(input), ...labelledFiles(input)]) {
    const keys = seen.get(manifest) ?? new Set();
    if (!file?.kind || keys.has(key)) continue;
    seen.set(manifest, keys.add(key));
    if (!content || content.fault !== undefined) continue;
    const shipped = kinds.get(file.kind) ?? [];
    shipped.push({ manifest, key, value: recordOf(content.value) });
    kinds.set(file.kind, shipped);
  }
  return kinds;
});

/** Memoizes a function of a file and its source, for the same content in an object with the same name. */
export const perFile = <Made>(
  folder: 'alerts' | 'dashboards',
  make: (file: ShippedFile, source: ContentSource | undefined) => Made,
): ((file: ShippedFile, sources: CheckInput['sources']) => Made) => {
  const madeOf = memoize((_value: object, _source: object) => new Map<string, Made>());
  return (file, sources) => {
    const source = sources[`${folder}/${stemOf(file)}`];
    const known = madeOf(file.value, source ?? noSource);
    // Environments have the same files in objects with the same names.
    const { object, construct } = file.manifest;
    const place = `${titleOf(object)} ${construct} ${file.key}`;
    const made = known.get(place) ?? make(file, source);
    known.set(place, made);
    return made;
  };
};

const noSource = {};

/** The name of a file without its extension. */
export const stemOf = ({ key }: ShippedFile): string => key.replace(/\.\w+$/, '');

type Mounted = Omit<MountedFile, 'program' | 'file' | 'placement' | 'content'>;

const mountedIn = (
  template: PodTemplate,
  container: PlacedContainer,
  maps: ReadonlyMap<string, Manifest>,
): Mounted[] =>
  volumesOf(template).flatMap(({ volume }) => {
    const mounts = listOf(container.container.volumeMounts).filter(
      ({ name }) => name === volume.name,
    );
    if (mounts.length === 0) return [];
    return [volume, ...listOf(volume.projected?.sources)].flatMap(({ configMap }) => {
      const manifest = maps.get(`${template.namespace}/${configMap?.name}`);
      if (!manifest) return [];
      return Object.entries(recordOf(manifest.object.data)).flatMap(([key, text]): Mounted[] => {
        const names = configMap.items ? namesOf(key, configMap.items) : [key];
        if (typeof text !== 'string' || names.length === 0) return [];
        const paths = mounts.flatMap((mount) => names.flatMap((name) => pathOf(name, mount) ?? []));
        if (paths.length === 0) return [];
        return [{ template, container, manifest, key, text, paths }];
      });
    });
  });

/** The path in the container of a file in a volume; undefined if the mount does not select it. */
const pathOf = (name: string, { mountPath, subPath }: Untyped): string | undefined => {
  if (!subPath) return `${mountPath}/${name}`;
  if (name === subPath) return `${mountPath}`;
  return name.startsWith(`${subPath}/`)
    ? `${mountPath}${name.slice(`${subPath}`.length)}`
    : undefined;
};

/** The paths in the volume of a ConfigMap key that `items` selects. */
const namesOf = (key: string, items: unknown): string[] =>
  listOf(items).flatMap((item) => (item.key === key ? [`${item.path}`] : []));

type Placed = Pick<MountedFile, 'file' | 'placement'>;

/** Matches mounted files of a container with declared files: first those with a path, then those that they list. */
const place = (mounted: readonly Mounted[], files: readonly ConfigFile[]): Placed[] => {
  const withPath = files.filter(({ path }) => typeof path === 'string');
  const placed = mounted.map((one) => atPath(one, withPath));
  const listed = files.flatMap((file) =>
    typeof file.path === 'string' ? [] : [{ file, patterns: listing(file.path, mounted, placed) }],
  );
  return mounted.map(({ paths, text }, index) => {
    const own = placed[index]!;
    if (own.placement === 'found') return own;
    const isListed = listed.find(({ patterns }) =>
      paths.some((path) => patterns?.some((pattern) => matchesPath(pattern, path))),
    );
    if (isListed) return { file: isListed.file, placement: 'found' };
    const likely = listed.find(({ file }) => paths.some((path) => hasExtensionOf(file, path)));
    if (own.placement === 'misplaced' || !likely) return own;
    if (likely.patterns) return { file: likely.file, placement: 'unlisted' };
    // The other file has a fault, which is the reason that it lists nothing.
    return fits(likely.file, text) ? { file: likely.file, placement: 'found' } : own;
  });
};

const atPath = ({ paths, text }: Mounted, files: readonly ConfigFile[]): Placed => {
  const file = files.find(({ path }) => paths.some((one) => matchesPath(`${path}`, one)));
  if (file) return { file, placement: 'found' };
  const [first, ...others] = files.filter(({ path }) =>
    paths.some((one) => matchesPath(nameOf(`${path}`), nameOf(one))),
  );
  if (!first) return { placement: 'unknown' };
  const likely = others.length > 0 ? [first, ...others].find((one) => fits(one, text)) : first;
  return { file: likely, placement: 'misplaced' };
};

const fits = (file: ConfigFile, text: string): boolean =>
  file.schema.safeParse(contentOf(file, text).value).success;

/** The paths that a mounted file lists; undefined if the file is not mounted or cannot be parsed. */
const listing = (
  { file, patterns }: ListedPath,
  mounted: readonly Mounted[],
  placed: readonly Placed[],
): readonly string[] | undefined => {
  const contents = mounted
    .filter((_, index) => placed[index]!.file === file)
    .map(({ text }) => contentOf(file, text));
  if (!contents.some(({ fault }) => fault === undefined)) return undefined;
  return contents.flatMap(({ value }) => {
    try {
      return patterns(value).filter((one) => typeof one === 'string');
    } catch {
      // The schema of the file reports a value of another shape.
      return [];
    }
  });
};

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const hasExtensionOf = ({ path }: ConfigFile, actual: string): boolean =>
  typeof path !== 'string' && actual.endsWith(path.extension);

/** The content of a file, or the reason why it cannot be parsed. */
export type Content =
  | { readonly value: unknown; readonly fault?: undefined }
  | { readonly value?: undefined; readonly fault: string };

/** Reads a file as its program does. */
export const contentOf = ({ format }: ConfigFile, text: string): Content => readerOf(format)(text);

// Environments share rule files and dashboards, and parsing takes most of the time.
const readerOf = memoize((format: Format) => memoizeText((text) => parsed(format, text)));

const parsed = ({ read }: Format, text: string): Content => {
  try {
    return { value: read(text) };
  } catch (error) {
    const [fault = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { fault };
  }
};
