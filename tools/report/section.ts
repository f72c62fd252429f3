/** A part of the report: figures by their names. */
export type Section = () => Promise<{
  readonly title: string;
  readonly figures: Readonly<Record<string, string | number>>;
}>;
