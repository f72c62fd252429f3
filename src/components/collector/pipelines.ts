import type { z } from 'zod';

type Parts = Readonly<Record<string, unknown>>;

interface Pipeline {
  readonly receivers: readonly string[];
  readonly processors?: readonly string[] | undefined;
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
  readonly connectors?: Parts | undefined;
  readonly exporters: Parts;
}

/**
 * Reports what a collector rejects at its start (a name without a part, a connector with one end), and
 * what makes it lose spans or do nothing: a memory limiter that is not first, a part that nothing uses.
 */
export const pipelineFaults = (
  { service, extensions, receivers, processors, connectors = {}, exporters }: Collector,
  { addIssue }: Pick<z.RefinementCtx, 'addIssue'>,
): void => {
  const pipelines = Object.entries(service.pipelines);
  const known = (names: readonly string[], among: Parts, at: PropertyKey[]): void => {
    const values = Object.keys(among);
    for (const [index, input] of names.entries()) {
      if (values.includes(input)) continue;
      addIssue({ code: 'invalid_value', values, input, path: [...at, index] });
    }
  };
  known(service.extensions, extensions, ['service', 'extensions']);
  for (const [name, one] of pipelines) {
    const at = ['service', 'pipelines', name];
    const { processors: through = [] } = one;
    known(one.receivers, { ...receivers, ...connectors }, [...at, 'receivers']);
    known(through, processors, [...at, 'processors']);
    known(one.exporters, { ...exporters, ...connectors }, [...at, 'exporters']);
    const limiter = through.indexOf('memory_limiter');
    if (limiter <= 0) continue;
    addIssue({
      code: 'custom',
      path: [...at, 'processors', limiter],
      message: 'the first processor: others keep spans in memory before it can refuse them',
      input: through[limiter],
    });
  }
  const inputs = pipelines.flatMap(([, one]) => one.receivers);
  const outputs = pipelines.flatMap(([, one]) => one.exporters);
  const unused = (kind: string, parts: Parts, used: readonly string[], message: string): void => {
    for (const name of Object.keys(parts)) {
      if (!used.includes(name)) addIssue({ code: 'custom', path: [kind, name], message });
    }
  };
  unused('extensions', extensions, service.extensions, 'a name in service.extensions');
  unused('receivers', receivers, inputs, 'a receiver of a pipeline');
  unused(
    'processors',
    processors,
    pipelines.flatMap(([, one]) => one.processors ?? []),
    'a processor of a pipeline',
  );
  unused('exporters', exporters, outputs, 'an exporter of a pipeline');
  unused(
    'connectors',
    connectors,
    outputs.filter((name) => inputs.includes(name)),
    'an exporter of one pipeline and a receiver of another',
  );
};
