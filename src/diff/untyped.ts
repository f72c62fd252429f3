// biome-ignore lint/suspicious/noExplicitAny: the parts of an object are not typed
export type Json = any;

/** The fields of a value; none if it is something else, since anybody can have written an object. */
export const record = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};

/** The items of a list that have fields. */
export const records = (value: unknown): Json[] => list(value).map(record);

/** The items of a list; none if the value is something else. */
export const list = (value: unknown): Json[] => (Array.isArray(value) ? value : []);
