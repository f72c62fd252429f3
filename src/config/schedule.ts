import { z } from 'zod';

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const days = 'sun mon tue wed thu fri sat'.split(' ');

interface Field {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const fields: readonly Field[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: months },
  { min: 0, max: 6, names: days },
];

const numberOf = (text: string, { min, names = [] }: Field): number =>
  /^\d+$/.test(text) ? Number(text) : names.includes(text) ? names.indexOf(text) + min : Number.NaN;

/** Whether a part of a field is valid: a value, a range, or every value, each with an optional step. */
const isPart = (text: string, field: Field): boolean => {
  const [range = '', step, ...more] = text.split('/');
  if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
  if (range === '*') return true;
  const [first = '', last = first, ...rest] = range.split('-');
  const [from, to] = [numberOf(first, field), numberOf(last, field)];
  return rest.length === 0 && from >= field.min && from <= to && to <= field.max;
};

const isSchedule = (text: string): boolean => {
  const given = text.split(/ +/);
  return (
    given.length === fields.length &&
    given.every((one, index) =>
      one
        .toLowerCase()
        .split(',')
        .every((part) => isPart(part, fields[index]!)),
    )
  );
};

/** When a CronJob runs, as Kubernetes reads it: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax */
export const schedule = z
  .string({
    error:
      "five fields for minute, hour, day of the month, month and day of the week, such as '17 3 * * *'",
  })
  .refine(isSchedule);
