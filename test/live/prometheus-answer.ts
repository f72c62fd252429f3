import type { Series } from './panel-alarms.js';

/** A query of Prometheus: for the present, or for every step of a period, in seconds. */
export interface Question {
  readonly query: string;
  /** @default - now */
  readonly period?: { readonly start: number; readonly end: number; readonly step: number };
}

/** A series and its current value. */
export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

/** The result of a query; its values are texts, because JSON has no NaN. */
export type QueryData =
  | { readonly resultType: 'scalar'; readonly result: Sample['value'] }
  | { readonly resultType: 'vector'; readonly result: readonly Sample[] }
  | {
      readonly resultType: 'matrix';
      readonly result: readonly {
        readonly metric: Sample['metric'];
        readonly values: readonly Sample['value'][];
      }[];
    };

/** The series that a query returns, of any type. */
export const seriesOf = (data: QueryData): Series[] => {
  switch (data.resultType) {
    case 'scalar':
      return [{ labels: {}, values: [numberOf(data.result)] }];
    case 'vector':
      return data.result.map(({ metric, value }) => ({
        labels: metric,
        values: [numberOf(value)],
      }));
    case 'matrix':
      return data.result.map(({ metric, values }) => ({
        labels: metric,
        values: values.map(numberOf),
      }));
  }
};

const numberOf = ([, text]: Sample['value']): number =>
  Number(text.replace(/^([+-]?)Inf$/, '$1Infinity'));
