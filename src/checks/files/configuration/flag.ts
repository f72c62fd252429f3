import { z } from 'zod';
import type { Flag, Program } from '../../../model/program.js';
import { suggest } from '../../../model/suggestion.js';
import { allowed, remedyFor } from '../../../schema/allowed.js';
import type { PlacedContainer, PodTemplate } from '../../support/pod/template.js';
import { listOf } from '../../support/untyped.js';
import type { ConfigurationFault } from './faults.js';

/** Faults of the arguments of a container with a declared program. */
export const flagFaults = (
  { container, path: at }: PlacedContainer,
  { flags, operands, together = [], oneOf, peerFlag }: Program,
  { replicas = 1 }: PodTemplate,
): ConfigurationFault[] => {
  const program = `${container.name}`;
  if (!flags) return [];
  const args = listOf(container.args).map(String);
  const given = args.map((one) => /^--?([^=]+)/.exec(one)?.[1] ?? one);
  const isOperand = (argument: string): boolean => !!operands && !argument.startsWith('-');
  const faults = args.flatMap((argument, index): ConfigurationFault[] => {
    if (isOperand(argument)) return [];
    const name = given[index] ?? '';
    const flag = flags[name];
    const where = `${at}.args[${index}]`;
    return flag ? valueFaults(flag, argument, where) : [unknown(program, name, where, flags)];
  });
  const misspelt = faults.flatMap(({ suggestion }) => suggestion ?? []);
  const missing = Object.entries(flags)
    .filter(
      ([name, { needed = true }]) =>
        needed && !given.includes(name) && !misspelt.includes(`--${name}`),
    )
    .map(([name]) => ({
      path: `${at}.args`,
      fault: 'missing-flag' as const,
      message: `The flag --${name} of ${program} is missing.`,
    }));
  const peers = given.filter((name) => name === peerFlag).length;
  const lonely =
    peerFlag !== undefined && peers !== (replicas > 1 ? replicas : 0)
      ? [
          {
            path: `${at}.args`,
            fault: 'missing-peer' as const,
            message: `${peers} of ${replicas} replicas are listed as peers.`,
          },
        ]
      : [];
  const alone = together
    .filter((group) => new Set(group.map((name) => given.includes(name))).size > 1)
    .map((group) => ({
      path: `${at}.args`,
      fault: 'incomplete-flags' as const,
      message: `${program} has only one of the flags ${group.map((name) => `--${name}`).join(' and ')}.`,
    }));
  const none =
    oneOf && !oneOf.some((name) => given.includes(name))
      ? [
          {
            path: `${at}.args`,
            fault: 'missing-flag' as const,
            message: `${program} has none of the flags ${oneOf.map((name) => `--${name}`).join(' and ')}.`,
          },
        ]
      : [];
  const others = operands ? operandFaults(operands, args.filter(isOperand), `${at}.args`) : [];
  return [...faults, ...missing, ...lonely, ...alone, ...none, ...others];
};

const operandFaults = (
  schema: z.ZodType,
  operands: readonly string[],
  path: string,
): ConfigurationFault[] => {
  const { error } = schema.safeParse(operands, { error: allowed });
  if (!error) return [];
  return [
    {
      path,
      fault: 'invalid-flag',
      value: operands.join(' '),
      message: 'The arguments that are no flags are invalid.',
      remedy: remedyFor(error.issues[0]!.message),
    },
  ];
};

const valueFaults = ({ takes }: Flag, argument: string, path: string): ConfigurationFault[] => {
  const [, value] = /^--?[^=]+=(.*)$/s.exec(argument) ?? [];
  const result = (takes ?? z.undefined()).safeParse(value, { error: allowed });
  if (result.success) return [];
  return [
    {
      path,
      fault: 'invalid-flag' as const,
      value: argument,
      remedy: takes
        ? remedyFor(result.error.issues[0]!.message)
        : 'Remove its value: this flag is a switch.',
    },
  ];
};

const unknown = (
  program: string,
  name: string,
  path: string,
  flags: Readonly<Record<string, Flag>>,
): ConfigurationFault => {
  const known = Object.keys(flags);
  const suggestion = suggest(name, known);
  return {
    path,
    fault: 'unknown-flag',
    message: `Unknown flag --${name} of ${program}.`,
    value: name,
    remedy: `Use one of ${known.map((one) => `--${one}`).join(', ')}.`,
    ...(suggestion && { suggestion: `--${suggestion}` }),
  };
};
