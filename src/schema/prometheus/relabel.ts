import { z } from 'zod';
import prometheus from '../data/prometheus.js';
import type { TypeRule } from '../engine-schema.js';
import { regex } from '../format.js';
import type { Refinement } from '../refinement.js';

// What the methods UnmarshalYAML and Validate of
// https://github.com/prometheus/prometheus/blob/v3.14.0/model/relabel/relabel.go reject, and steps that drop
// everything. A field that has no effect is accepted, since Prometheus prints defaults too.

type Fields = Readonly<Record<string, unknown>>;

const actions = prometheus.types['relabel.Action'];
const defaults: Fields = prometheus.defaults['relabel.Config'];

const withTarget = ['replace', 'hashmod', 'lowercase', 'uppercase', 'keepequal', 'dropequal'];
const withSources = ['keep', 'drop', 'keepequal', 'dropequal'];

/** The fields of an action that Prometheus allows only with their default, by action. */
const fixed: Readonly<Record<string, readonly string[]>> = {
  lowercase: ['replacement'],
  uppercase: ['replacement'],
  // An expression is rejected even if it is the default.
  keepequal: ['regex', 'modulus', 'separator', 'replacement'],
  dropequal: ['regex', 'modulus', 'separator', 'replacement'],
  labeldrop: ['source_labels', 'target_label', 'modulus', 'separator', 'replacement'],
  labelkeep: ['source_labels', 'target_label', 'modulus', 'separator', 'replacement'],
};

const isDefault = (name: string, value: unknown): boolean => {
  if (value === undefined) return true;
  if (name === 'regex' || name === 'source_labels') return false;
  return value === (defaults[name] ?? (name === 'modulus' ? 0 : ''));
};

const byAction: Refinement = (step, { addIssue }) => {
  const fault = (name: string, message: string): void =>
    addIssue({ code: 'custom', path: [name], message, input: step[name] });
  const action = `${step.action ?? defaults.action}`;
  const replacement = step.replacement ?? defaults.replacement;
  for (const name of fixed[action] ?? []) {
    if (!isDefault(name, step[name])) fault(name, `nothing: ${action} does not use it`);
  }
  if (withTarget.includes(action) && !step.target_label) {
    fault('target_label', "a label name such as 'namespace'");
  }
  if (action === 'hashmod' && !step.modulus) fault('modulus', 'a whole number of at least 1');
  if (action === 'labelmap' && replacement === '') {
    fault('replacement', "a label name, such as '$1' for a group of the regular expression");
  }
  const joined = ((step.source_labels ?? []) as readonly unknown[]).length;
  if (joined === 0 && withSources.includes(action)) {
    fault('source_labels', 'a list of at least 1 item');
  }
  if (['drop', 'labeldrop'].includes(action) && step.regex === undefined) {
    fault('regex', 'a regular expression: without one, the step drops everything');
  }
};

/** A relabelling step; the required fields depend on the action. */
export const relabelRule: TypeRule = {
  fields: {
    // Prometheus reads the name of an action in any case.
    action: z.preprocess(
      (value) => (typeof value === 'string' ? value.toLowerCase() : value),
      z.enum(actions),
    ),
    regex,
  },
  refinements: [byAction],
};

/** Relabelling steps with names that legacy validation rejects. */
export const legacyNames =
  (...lists: readonly string[]): Refinement =>
  (fields, { addIssue }) => {
    if (fields.metric_name_validation_scheme !== 'legacy') return;
    for (const list of lists) {
      for (const [index, step] of ((fields[list] ?? []) as readonly Fields[]).entries()) {
        const name = step.target_label;
        if (typeof name !== 'string' || name === '' || legacyTarget.test(name)) continue;
        addIssue({
          code: 'custom',
          path: [list, index, 'target_label'],
          message: 'a name of letters, digits and underscores: the job has legacy name validation',
          input: name,
        });
      }
    }
  };

// It can contain a group of the regular expression, such as `$1`.
const legacyTarget = /^(?:[a-zA-Z_]|\$\{?\w+\}?)(?:\w|\$\{?\w+\}?)*$/;
