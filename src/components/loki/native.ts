import { z } from 'zod';
import { suggest } from '../../model/suggestion.js';
import { allowed } from '../../schema/allowed.js';
import { type LokiSections, lokiSection, sectionNames } from '../../schema/loki/section.js';
import { refusal } from './refused.js';

const parameters = { error: allowed, jitless: true, reportInput: true };

/** Native sections of Loki's configuration, which are added to those that result from the options. */
export const nativeConfig = z.record(z.string(), z.unknown()).superRefine((config, context) => {
  const fault = (path: readonly string[], input: unknown, reason: string): void =>
    context.addIssue({ code: 'custom', path: [...path], input, message: `nothing: ${reason}` });
  for (const [name, section] of Object.entries(config)) {
    const known = sectionNames.find((one) => one === name);
    const refused = refusedIn(section, [name]);
    // The first fault of a place counts: fields of former versions are unknown too.
    for (const [path, value, why] of refused) fault(path, value, why);
    if (refused.some(([path]) => path.length === 1)) continue;
    if (!known) {
      const message = sectionNames.filter((one) => !refusal([one])).join(' ');
      context.addIssue({ code: 'unrecognized_keys', keys: [name], path: [], message });
      continue;
    }
    const issues = lokiSection(known).safeParse(section, parameters).error?.issues ?? [];
    for (const issue of issues) {
      const path = [name, ...issue.path.map(String)];
      for (const [at, value, why] of misspelt(issue, path)) fault(at, value, why);
      context.issues.push({ ...issue, path, ...accepted(issue, path) } as z.core.$ZodRawIssue);
    }
  }
}) as unknown as z.ZodType<LokiSections, LokiSections>;

/** Unknown names that are surely meant as ones that are refused. */
const misspelt = (issue: z.core.$ZodIssue, path: readonly string[]): Refused[] => {
  if (issue.code !== 'unrecognized_keys') return [];
  return issue.keys.flatMap((key): Refused[] => {
    const meant = suggest(key, issue.message.split(' '));
    const value = Object(issue.input)[key];
    const reason = meant && refusal([...path, meant], value);
    return reason ? [[[...path, key], value, reason]] : [];
  });
};

/** The known names without those that are refused. */
const accepted = ({ code, message }: z.core.$ZodIssue, path: readonly string[]) =>
  code === 'unrecognized_keys' && {
    message: message
      .split(' ')
      .filter((name) => !refusal([...path, name]))
      .join(' '),
  };

type Refused = readonly [path: readonly string[], value: unknown, reason: string];

const refusedIn = (value: unknown, path: readonly string[]): Refused[] => {
  const reason = refusal(path, value);
  if (reason !== undefined) return [[path, value, reason]];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([name, one]) => refusedIn(one, [...path, name]));
};

/** Adds the fields of one object to another, at every depth; lists and values are replaced. */
export const merged = <T extends object>(base: T, added: object): T => {
  const all = { ...base } as Record<string, unknown>;
  for (const [name, value] of Object.entries(added)) {
    const own = all[name];
    all[name] = isObject(own) && isObject(value) ? merged(own, value) : value;
  }
  return all as T;
};

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
