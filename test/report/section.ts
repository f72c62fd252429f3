/** A part of the report: figures by what they count. */
export type Section = () => Promise<{
  readonly title: string;
  readonly figures: Readonly<Record<string, string | number>>;
}>;
