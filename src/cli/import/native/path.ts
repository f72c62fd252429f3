/** The place of a value in a file. */
export type Path = readonly (string | number)[];
