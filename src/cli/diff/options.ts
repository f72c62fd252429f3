import { inspect } from 'node:util';
import type { CheckedProject } from '../../check-project.js';
import type { Change } from '../../diff/change.js';
import { compare } from '../../diff/compare.js';
import { type Snapshot, snapshotOfObjects } from '../../diff/snapshot.js';
import { sums } from '../../diff/tally.js';
import { validate } from '../../environment/validate.js';
import { once } from '../../model/memoize.js';
import type { SynthesizedStack } from '../../output/synthesized-stack.js';

/** An option that has another value, and the changes that it causes. */
export interface OptionChange {
  /** Such as `prometheus.retention`. */
  readonly option: string;
  readonly before?: string;
  readonly after?: string;
  readonly causes: readonly Change[];
}

/** The options of an environment, as its file has them. */
export type Options = Readonly<Record<string, unknown>>;

/** With more changed options, each of which is tried, they take too long. */
const most = 12;

/**
 * The options that cause changes. Each option in turn gets its old value: the changes that this undoes
 * are caused by it. If the environment rejects the old value, such as no storage class on a platform that
 * needs one, the earlier environment gets the new value. Options whose values both reject cannot be tried.
 */
export const causingOptions = (
  before: Options,
  after: Options,
  { environment: { name, file }, manifests }: SynthesizedStack,
  build: NonNullable<CheckedProject['build']>,
  changes: readonly Change[],
): OptionChange[] => {
  const snapshotWith = (options: Options): Snapshot | undefined => {
    const { environment } = validate(options, name, file);
    const objects = environment ? build(environment).manifests.map(({ object }) => object) : [];
    return objects.length === 0 ? undefined : snapshotOfObjects(objects);
  };
  const fresh = snapshotOfObjects(manifests.map(({ object }) => object));
  const earlier = once(() => snapshotWith(before));
  const paths = differing(before, after);
  if (paths.length > most) return [];
  return paths.flatMap((path): OptionChange[] => {
    const [old, now] = [valueAt(before, path), valueAt(after, path)];
    const without = snapshotWith(withValue(after, path, old));
    const withIt = without ? fresh : snapshotWith(withValue(before, path, now));
    const from = without ?? earlier();
    if (!from || !withIt) return [];
    const keys = new Set(compare(from, withIt).map(keyOf));
    const causes = changes.filter((one) => keys.has(keyOf(one)) && !isSum(one));
    return causes.length === 0
      ? []
      : [
          {
            option: path.join('.'),
            ...(old !== undefined && { before: textOf(old) }),
            ...(now !== undefined && { after: textOf(now) }),
            causes,
          },
        ];
  });
};

/** The changes that no option causes: those of content, of Crowsnest itself, or of options that cannot be tried. */
export const otherChanges = (
  changes: readonly Change[],
  options: readonly OptionChange[],
): Change[] => {
  const known = new Set(options.flatMap(({ causes }) => causes.map(keyOf)));
  return changes.filter((one) => !known.has(keyOf(one)) && !isSum(one));
};

const keyOf = ({ section, subject }: Change): string => `${section} ${subject}`;

const isSum = ({ subject }: Change): boolean => Object.values<string>(sums).includes(subject);

const isPlain = (value: unknown): value is Options =>
  typeof value === 'object' &&
  value !== null &&
  [Object.prototype, null].includes(Object.getPrototypeOf(value));

const differing = (before: unknown, after: unknown, path: readonly string[] = []): string[][] => {
  // The options of a component can each be set or not.
  if (path.length === 1 && (before === undefined || after === undefined)) {
    const [old, fresh] = [before ?? {}, after ?? {}];
    if (isPlain(old) && isPlain(fresh)) return differing(old, fresh, path);
  }
  if (isPlain(before) && isPlain(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => differing(before[name], after[name], [...path, name]));
  }
  return whole(before) === whole(after) ? [] : [[...path]];
};

const whole = (value: unknown): string =>
  typeof value === 'function' ? `${value}` : inspect(value, { depth: null, maxArrayLength: null });

const valueAt = (options: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((at, name) => (isPlain(at) ? at[name] : undefined), options);

const withValue = (options: Options, [name = '', ...rest]: readonly string[], value: unknown) => {
  const { [name]: old, ...others } = options;
  const inner: unknown = rest.length > 0 ? withValue(Object(old), rest, value) : value;
  return inner === undefined ? others : { ...others, [name]: inner };
};

const textOf = (value: unknown): string =>
  inspect(value, { depth: 3, breakLength: Number.POSITIVE_INFINITY, maxStringLength: 60 });
