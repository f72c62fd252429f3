/** A part of a file that is not imported, and why. */
export interface Left {
  readonly file: string;
  readonly what: string;
  readonly reason: string;
}
