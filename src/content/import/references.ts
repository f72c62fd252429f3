/** The files of ConfigMaps to which other objects of the same file refer. */
export interface References {
  /** The text of a file of a ConfigMap. */
  readonly text: (name: string, key: string) => string | undefined;
  /** The files of a ConfigMap to which an object refers. */
  readonly keysOf: (name: string | undefined) => ReadonlySet<string>;
}

export const noReferences: References = { text: () => undefined, keysOf: () => new Set() };

// biome-ignore lint/suspicious/noExplicitAny: objects of others can have any shape
type Loose = any;

/** The references of a GrafanaDashboard (`configMapRef`) in the documents of a file. */
export const referencesIn = (documents: readonly unknown[]): References => {
  const objects = documents.flatMap(objectsIn);
  const maps = new Map(
    objects
      .filter(({ kind }) => kind === 'ConfigMap')
      .map(({ metadata, data }) => [`${metadata?.name}`, new Map(Object.entries(data ?? {}))]),
  );
  const references = objects.flatMap(({ kind, spec }) =>
    kind === 'GrafanaDashboard' && spec?.configMapRef ? [spec.configMapRef] : [],
  );
  return {
    text: (name, key) => {
      const text = maps.get(name)?.get(key);
      return typeof text === 'string' ? text : undefined;
    },
    keysOf: (name) =>
      new Set(references.filter((one) => one.name === name).map(({ key }) => `${key}`)),
  };
};

const objectsIn = (value: unknown): Loose[] => {
  const object = typeof value === 'object' && value !== null ? (value as Loose) : {};
  return Array.isArray(object.items) ? object.items.flatMap(objectsIn) : [object];
};
