/** How the files on the volume of a workload are copied, so that each copy is consistent. */
export interface VolumeCopy {
  /** Name of the workload, whose first replica is copied: the others have the same data. */
  readonly workload: string;
  readonly replicas: number;
  /** Where its containers mount the volume. */
  readonly path: string;
  /** Size of the volume of each replica. */
  readonly volume: string;
  /** Name of the image whose user owns the files. */
  readonly image: string;
  /**
   * A command in this image that opens a restored copy in `path`, and ends with 0 if it can be read.
   * Databases are opened anyway. @default - otherwise, only its bytes are compared
   */
  readonly verify?: { readonly program: string; readonly command: readonly string[] };
  /**
   * SQLite databases, by paths relative to the volume: they are copied through SQLite's own interface, while their
   * program uses them. @default - none
   */
  readonly databases?: readonly string[];
  /**
   * What the workload makes from its other files, by paths relative to the volume: it is not copied, and a restore
   * deletes it, since it belongs to another state. @default - nothing
   */
  readonly derived?: readonly string[];
  /**
   * Whether a copy is consistent only while the workload does not run. It is then made when somebody has stopped it,
   * and not on a schedule. @default false
   */
  readonly stopped?: boolean;
  /**
   * What is left out, by paths relative to the volume or names with `*`: files that change in place, so that a copy
   * of them is not consistent.
   */
  readonly without: readonly string[];
  /** The most recent data that a copy does not have, after 'without '. */
  readonly loss: string;
}
