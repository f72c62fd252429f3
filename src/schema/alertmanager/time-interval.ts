import { z } from 'zod';

// https://github.com/prometheus/alertmanager/blob/v0.34.0/timeinterval/timeinterval.go

const days = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');
const months =
  'january february march april may june july august september october november december'.split(
    ' ',
  );

/** A value, or two with a colon between them; the second is not before the first. */
const range = (error: string, read: (text: string) => number | undefined) =>
  z
    // YAML parses a single day of a month, month or year as a number.
    .union([z.string(), z.int()], { error })
    .refine(
      (value) => {
        const [first = '', last = first, ...more] = `${value}`.toLowerCase().split(':');
        const [begin, end] = [read(first), read(last)];
        if (begin === undefined || end === undefined || more.length > 0) return false;
        if (begin < 0 && end > 0) return false;
        // From the end of the month, which has at least 28 days.
        return (begin < 0 ? 28 + begin : begin) <= (end < 0 ? 28 + end : end);
      },
      { error },
    );

const wholeNumber = (text: string): number | undefined =>
  /^-?\d+$/.test(text) ? Number(text) : undefined;

const placeIn =
  (names: readonly string[], first: number) =>
  (text: string): number | undefined => {
    const index = names.indexOf(text);
    return index < 0 ? undefined : index + first;
  };

/** The days, months, years and time zones of time intervals. */
export const timeScalars = {
  'timeinterval.WeekdayRange': range(
    "days of a week, which starts on Sunday, such as 'monday:friday'",
    placeIn(days, 0),
  ),
  'timeinterval.DayOfMonthRange': range("days such as '1:15' or '-3:-1'", (text) => {
    const day = wholeNumber(text);
    return day !== undefined && day !== 0 && Math.abs(day) <= 31 ? day : undefined;
  }),
  'timeinterval.MonthRange': range("months such as 'may:august' or '1:3'", (text) => {
    const month = wholeNumber(text) ?? placeIn(months, 1)(text);
    return month !== undefined && month >= 1 && month <= 12 ? month : undefined;
  }),
  'timeinterval.YearRange': range("years such as '2026:2027'", wholeNumber),
  'timeinterval.Location': z
    .string({ error: "a time zone such as 'Europe/Berlin'" })
    .refine((zone) => zone === 'Local' || zone === '' || isZone(zone)),
} as const;

const isZone = (timeZone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

const isTime = (value: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(value);

const time = z.string({ error: "a time such as '17:00'" }).refine(isTime, {
  error: ({ input }) =>
    /^\d:[0-5]\d$/.test(`${input}`) ? `'0${input}', with two digits for the hour` : undefined,
});

/** The fields of a range of times; its end is after its start. */
export const timeRange = {
  fields: { start_time: time, end_time: time },
  refinements: [
    (
      { start_time, end_time }: Readonly<Record<string, unknown>>,
      context: Pick<z.RefinementCtx, 'addIssue'>,
    ): void => {
      if (`${start_time}` < `${end_time}`) return;
      // An invalid time has its own finding.
      if (!isTime(`${start_time}`) || !isTime(`${end_time}`)) return;
      const message = `a time after ${start_time}; an interval over midnight needs two ranges`;
      context.addIssue({ code: 'custom', path: ['end_time'], message, input: end_time });
    },
  ],
} as const;
