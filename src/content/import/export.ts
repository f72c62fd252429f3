import { z } from 'zod';

/** A list; one that Grafana writes as null has no members. */
export const list = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((all) => all ?? []);

const panelSchema = z.looseObject({
  type: z.string().min(1),
  id: z.int().nullish(),
  gridPos: z.looseObject({}).nullish(),
});

/** A row of panels, which Grafana wrote before version 5 (schema 16). */
const rowSchema = z.looseObject({
  title: z.string().nullish(),
  collapse: z.boolean().nullish(),
  showTitle: z.boolean().nullish(),
  repeat: z.string().nullish(),
  height: z.union([z.string(), z.number()]).nullish(),
  panels: list(
    z.looseObject({
      ...panelSchema.shape,
      span: z.number().nullish(),
      height: z.union([z.string(), z.number()]).nullish(),
    }),
  ),
});

const fields = z.looseObject({
  title: z.string().min(1),
  tags: list(z.string()),
  __inputs: list(
    z.looseObject({
      name: z.string(),
      type: z.string().nullish(),
      pluginId: z.string().nullish(),
      value: z.unknown().optional(),
    }),
  ),
  templating: z
    .looseObject({ list: list(z.looseObject({ name: z.string(), type: z.string() })) })
    .nullish(),
  rows: list(rowSchema),
  panels: z
    .array(z.looseObject({ ...panelSchema.shape, panels: list(panelSchema) }))
    .nullable()
    .transform((all) => all ?? []),
});

/** The parts of an exported dashboard that the import uses; it has panels, or rows of panels. */
export const exportSchema = z.preprocess(
  (json) =>
    typeof json === 'object' && json !== null && 'rows' in json ? { panels: [], ...json } : json,
  fields,
);

/** An exported dashboard. */
export type Export = z.output<typeof exportSchema>;

export type ExportedRow = Export['rows'][number];

export type ExportedPanel = Export['panels'][number];
