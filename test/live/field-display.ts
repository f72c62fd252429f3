/** The field configuration in Grafana's JSON that determines text and colour. */
export interface FieldConfig {
  readonly noValue?: string;
  readonly min?: number;
  readonly max?: number;
  readonly color?: { readonly mode: string; readonly fixedColor?: string };
  readonly thresholds?: { readonly mode?: string; readonly steps: readonly Step[] };
  readonly mappings?: readonly Mapping[];
}

interface Step {
  readonly value: number | null;
  readonly color: string;
}

interface Result {
  readonly text?: string;
  readonly color?: string;
}

/** A value mapping: its options depend on its type. */
export interface Mapping {
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: results by value, or what to match with one result
  readonly options: any;
}

/** The text and the colour of a value. */
export interface Display {
  readonly text: string;
  readonly color: string;
}

/** A value in Grafana: a number, the text of a label, or none. */
export type Value = number | string | null;

// The default of Grafana for a panel with the color mode thresholds and no thresholds.
const defaultSteps: readonly Step[] = [
  { value: null, color: 'green' },
  { value: 80, color: 'red' },
];

/**
 * Text and colour of a value, as Grafana's display processor computes them: a mapping has priority
 * over thresholds, and a value that is not a number has the colour of the lowest threshold:
 * https://github.com/grafana/grafana/blob/v13.2.0/packages/grafana-data/src/field/displayProcessor.ts
 */
export const displayOf = (field: FieldConfig, value: Value): Display => {
  const mapped = (field.mappings ?? []).flatMap((one) => resultOf(one, value) ?? []).at(0);
  return {
    text: mapped?.text ?? (value === null ? (field.noValue ?? '') : `${value}`),
    color: mapped?.color ?? colorOf(field, value),
  };
};

const colorOf = ({ color, thresholds }: FieldConfig, value: Value): string => {
  const mode = color?.mode ?? 'thresholds';
  if (mode === 'fixed') return color?.fixedColor ?? '';
  if (mode.startsWith('palette-')) return mode;
  if (mode !== 'thresholds' || (thresholds?.mode ?? 'absolute') !== 'absolute') {
    throw new Error(`Unknown colours: mode ${mode}, thresholds ${thresholds?.mode}.`);
  }
  return stepOf(thresholds?.steps ?? defaultSteps, value).color;
};

/** The threshold of a value; the lowest if it is not a number. */
export const stepOf = (steps: readonly Step[], value: Value): Step => {
  const number = typeof value === 'number' && !Number.isNaN(value) ? value : -Infinity;
  const found = steps.findLast((one) => (one.value ?? -Infinity) <= number) ?? steps[0];
  if (!found) throw new Error('There are no thresholds.');
  return found;
};

const isNaNumber = (value: Value): boolean => typeof value === 'number' && Number.isNaN(value);

const specials: Readonly<Record<string, (value: Value) => boolean>> = {
  null: (value) => value === null,
  nan: isNaNumber,
  'null+nan': (value) => value === null || isNaNumber(value),
  empty: (value) => value === '',
};

const resultOf = ({ type, options }: Mapping, value: Value): Result | undefined => {
  switch (type) {
    case 'special': {
      const matches = specials[options.match];
      if (!matches) throw new Error(`Unknown special value: ${options.match}.`);
      return matches(value) ? options.result : undefined;
    }
    case 'value':
      return value === null ? undefined : options[value];
    case 'range': {
      const { from, to, result } = options;
      const number = Number.parseFloat(`${value}`);
      return number >= (from ?? -Infinity) && number <= (to ?? Infinity) ? result : undefined;
    }
    case 'regex': {
      const [, pattern = options.pattern, flags = ''] =
        /^\/(.*)\/(\w*)$/.exec(options.pattern) ?? [];
      return typeof value === 'string' && new RegExp(pattern, flags).test(value)
        ? options.result
        : undefined;
    }
    default:
      throw new Error(`Unknown value mapping: ${type}.`);
  }
};
