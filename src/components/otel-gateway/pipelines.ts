type Parts = Readonly<Record<string, unknown>>;

interface Pipeline {
  readonly receivers: readonly string[];
  readonly processors?: readonly string[];
  readonly exporters: readonly string[];
}

/** The parts of a collector's configuration, and the pipelines that connect them. */
interface Collector {
  readonly service: {
    readonly extensions: readonly string[];
    readonly pipelines: Readonly<Record<string, Pipeline>>;
  };
  readonly extensions: Parts;
  readonly receivers: Parts;
  readonly processors: Parts;
  readonly connectors?: Parts;
  readonly exporters: Parts;
}

export interface PipelineFault {
  readonly path: readonly PropertyKey[];
  /** What is allowed there. */
  readonly message: string;
  readonly input?: unknown;
}

/**
 * What a collector rejects at its start (a name without a part, a connector that nothing feeds), and
 * what makes it lose spans or do nothing: a memory limiter that is not first, a part without a use.
 */
export const pipelineFaults = (file: Collector): PipelineFault[] => {
  const { service, extensions, receivers, processors, connectors = {}, exporters } = file;
  const pipelines = Object.entries(service.pipelines);
  const known = (names: readonly string[], among: Parts, at: PropertyKey[]): PipelineFault[] =>
    names.flatMap((name, index) =>
      name in among
        ? []
        : [{ path: [...at, index], message: oneOf(Object.keys(among)), input: name }],
    );
  const missing = pipelines.flatMap(([name, one]) => {
    const at = ['service', 'pipelines', name];
    return [
      ...known(one.receivers, { ...receivers, ...connectors }, [...at, 'receivers']),
      ...known(one.processors ?? [], processors, [...at, 'processors']),
      ...known(one.exporters, { ...exporters, ...connectors }, [...at, 'exporters']),
    ];
  });
  const late = pipelines.flatMap(([name, { processors: all = [] }]): PipelineFault[] => {
    const index = all.indexOf('memory_limiter');
    if (index <= 0) return [];
    const path = ['service', 'pipelines', name, 'processors', index];
    return [
      { path, message: 'the first processor: others hold what it refuses', input: all[index] },
    ];
  });
  const into = pipelines.flatMap(([, one]) => one.exporters);
  const outOf = pipelines.flatMap(([, one]) => one.receivers);
  const through = pipelines.flatMap(([, one]) => one.processors ?? []);
  const unused = (kind: string, parts: Parts, used: readonly string[], message: string) =>
    Object.keys(parts).flatMap((name) =>
      used.includes(name) ? [] : [{ path: [kind, name], message }],
    );
  const bothEnds = into.filter((name) => outOf.includes(name));
  return [
    ...known(service.extensions, extensions, ['service', 'extensions']),
    ...missing,
    ...late,
    ...unused('extensions', extensions, service.extensions, 'a name in service.extensions'),
    ...unused('receivers', receivers, outOf, 'a receiver of a pipeline'),
    ...unused('processors', processors, through, 'a processor of a pipeline'),
    ...unused('exporters', exporters, into, 'an exporter of a pipeline'),
    ...unused(
      'connectors',
      connectors,
      bothEnds,
      'an exporter of one pipeline and a receiver of another',
    ),
  ];
};

const oneOf = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(' or ');
