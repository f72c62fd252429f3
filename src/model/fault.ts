import { withoutCredentials, withoutPasswords } from './credential.js';
import type { Finding, Place } from './finding.js';

/** A kind of fault; the pages in `docs/checks/` are generated from these. */
export interface FaultKind {
  /** What is wrong, as one sentence. */
  readonly what: string;
  /** The consequence of the fault. */
  readonly why: string;
  /** An example of a manifest, a file or an environment that is rejected. */
  readonly example: string;
  /** What to change. */
  readonly fix: string;
  /** @default 'error' */
  readonly severity?: 'warning';
}

/** Kinds of fault by name; the names are as stable as an API. */
export type FaultKinds<Fault extends string = string> = Readonly<Record<Fault, FaultKind>>;

/** A fault and its place; missing texts come from its kind. */
export interface FoundFault<Fault extends string = string>
  extends Partial<Omit<Finding, 'code' | 'place'>> {
  readonly fault: Fault;
  readonly place: Place;
}

/** A fault and its place, with all texts. */
export interface Report extends Omit<Finding, 'code'> {
  readonly fault: string;
}

/** Adds the texts of its kind to a fault. */
export const describeFault = <Fault extends string>(
  found: FoundFault<Fault>,
  kinds: FaultKinds<Fault>,
): Report => {
  const kind = kinds[found.fault];
  if (!kind) {
    const known = Object.keys(kinds).join(', ');
    throw new Error(`it reports the fault '${found.fault}', but declares only ${known}.`);
  }
  const { what, why, fix, severity: usual = 'error' } = kind;
  const { severity = usual, remedy = fix, ...rest } = found;
  return { severity, message: what, why, remedy, ...rest };
};

/** The finding of a check, or of another stage of the synthesis. */
export const findingOf = (check: string, { fault, ...report }: Report): Finding => ({
  code: `${check}/${fault}`,
  ...report,
  message: withoutPasswords(report.message),
  remedy: withoutPasswords(report.remedy),
  ...(report.why !== undefined && { why: withoutPasswords(report.why) }),
  place: shownPlace(report.place),
  ...('value' in report && { value: withoutCredentials(report.value) }),
});

// A name in a path, or of an object, can be a text of the user.
const shownPlace = ({ path, object, ...place }: Place): Place => ({
  ...place,
  ...(path !== undefined && { path: withoutPasswords(path) }),
  ...(object !== undefined && { object: withoutPasswords(object) }),
});

/** Returns a function that creates the findings of a stage of the synthesis, such as the configuration. */
export const findingMaker =
  <Fault extends string>(source: string, kinds: FaultKinds<Fault>) =>
  (found: FoundFault<Fault>): Finding =>
    findingOf(source, describeFault(found, kinds));
