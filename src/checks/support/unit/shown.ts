import { memoizeText } from '../../../model/memoize.js';
import type { Quantity } from '../../../promql/quantity/quantity.js';

/** What Grafana writes a number as. Its scale is the number for one of the base quantity. */
type Row = readonly [of: Quantity['of'], units: Readonly<Record<string, number>>];

const bytes = { bytes: 1 };
const seconds = { seconds: 1 };
const perSecond = { bytes: 1, seconds: -1 };
const events = { things: 1, seconds: -1 };

const powers = (base: 1000 | 1024, one: number, names: readonly string[]): Record<string, number> =>
  Object.fromEntries(names.map((name, index) => [name, one / base ** (index + 1)]));

const letters = ['K', 'M', 'G', 'T', 'P'];
const named = (end: string) => letters.map((letter) => `${letter}${end}`);
const lower = (start: string) => letters.map((letter) => `${start}${letter.toLowerCase()}bytes`);
const all = (names: string): Record<string, number> =>
  Object.fromEntries(names.split(' ').map((name) => [name, 1]));

// https://github.com/grafana/grafana/blob/v13.2.0/packages/grafana-data/src/valueFormats/categories.ts
const rows: readonly Row[] = [
  [{}, { percentunit: 1, percent: 100 }],
  [bytes, { bytes: 1, decbytes: 1, bits: 8, decbits: 8 }],
  [bytes, { ...powers(1024, 1, lower('')), ...powers(1000, 1, lower('dec')) }],
  [perSecond, { Bps: 1, binBps: 1, bps: 8, binbps: 8 }],
  [perSecond, { ...powers(1000, 1, named('Bs')), ...powers(1024, 1, named('iBs')) }],
  [perSecond, { ...powers(1000, 8, named('bits')), ...powers(1024, 8, named('ibits')) }],
  [seconds, { s: 1, ms: 1e3, '\xB5s': 1e6, ns: 1e9, m: 1 / 60, h: 1 / 3600, d: 1 / 86_400 }],
  [seconds, { dtdurations: 1, dtdurationms: 1e3, clocks: 1, clockms: 1e3, dthms: 1, dtdhms: 1 }],
  [
    seconds,
    Object.fromEntries(
      'AsIso AsIsoNoDateIfToday AsUS AsUSNoDateIfToday AsLocal AsLocalNoDateIfToday AsSystem FromNow'
        .split(' ')
        .map((name) => [`dateTime${name}`, 1e3]),
    ),
  ],
  [events, all('hertz pps cps ops reqps rps wps iops eps mps recps rowsps')],
  [events, all('cpm opm reqpm rpm wpm epm mpm recpm rowspm')],
  [{ celsius: 1 }, { celsius: 1 }],
  [{ fahrenheit: 1 }, { fahrenheit: 1 }],
  [{ volts: 1 }, { volt: 1, kvolt: 1e-3, mvolt: 1e3 }],
  [{ amperes: 1 }, { amp: 1, kamp: 1e-3, mamp: 1e3 }],
  [{ joules: 1 }, { joule: 1 }],
  [
    { joules: 1, seconds: -1 },
    { watt: 1, kwatt: 1e-3, megwatt: 1e-6, gwatt: 1e-9, mwatt: 1e3 },
  ],
  [{ metres: 1 }, { lengthm: 1, lengthmm: 1e3, lengthcm: 1e2, lengthkm: 1e-3 }],
  [{ grams: 1 }, { massg: 1, massmg: 1e3, masskg: 1e-3, masst: 1e-6 }],
  [{ pascals: 1 }, { pressurepa: 1, pressurehpa: 1e-2, pressurekpa: 1e-3 }],
];

const shown: ReadonlyMap<string, Quantity> = new Map(
  rows.flatMap(([of, units]) =>
    Object.entries(units).map(([unit, scale]): [string, Quantity] => [
      unit,
      { of, scale, ...(Object.keys(of).length === 0 && { share: 'sure' }) },
    ]),
  ),
);

/** What a unit of Grafana stands for; undefined for those that fit any number. */
export const shownAs = memoizeText((unit): Quantity | undefined =>
  unit.startsWith('currency') ? { of: { money: 1 }, scale: 1 } : shown.get(unit),
);
