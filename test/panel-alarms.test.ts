import { describe, expect, it } from 'vitest';
import {
  barGauge,
  heatmap,
  stat,
  stateTimeline,
  table,
  timeSeries,
} from '../src/content/grafana.js';
import type { Panel as HousePanel } from '../src/content/panel.js';
import { alarmsOf, type Panel, type Series } from './live/panel-alarms.js';

const frame = { title: 'Load', description: 'Bad: any.', unit: 'short' as const };
const orange = '#E69F00';
const red = '#D55E00';

const bare: Panel = { type: 'stat', title: 'Load', targets: [{ refId: 'A', expr: 'x' }] };

const judge = (panel: HousePanel | Panel, ...results: readonly (readonly Series[])[]): string[] =>
  alarmsOf(
    ('body' in panel ? panel.body : panel) as unknown as Panel,
    Object.fromEntries(results.map((series, index) => [String.fromCharCode(65 + index), series])),
  );
const of = (values: number | readonly number[], labels: Record<string, string> = {}): Series => ({
  labels,
  values: [values].flat(),
});

describe('a figure', () => {
  const high = stat({ ...frame, queries: 'x', thresholds: { warning: 0.8, critical: 0.9 } });
  const low = stat({ ...frame, queries: 'x', thresholds: { warning: 1, critical: 0.9 } });
  const result = stat({
    ...frame,
    queries: { '{{job}}': 'x' },
    states: { 1: ['up', 'good'], 2: ['starting', 'neutral'], 0: ['down', 'critical'] },
  });

  it.each([
    ['below its thresholds', high, 0.79, []],
    ['at its first threshold', high, 0.8, [`Load: '0.8' is ${orange}`]],
    ['at its last threshold', high, 0.9, [`Load: '0.9' is ${red}`]],
    ['above a lower bound', low, 1, []],
    ['below the lower bound of the warning', low, 0.95, [`Load: '0.95' is ${orange}`]],
    ['below the lower bound of the critical value', low, 0.5, [`Load: '0.5' is ${red}`]],
    ['in a good state', result, 1, []],
    ['in a neutral state', result, 2, []],
    ['in a bad state', result, 0, [`: 'down' is ${red}`]],
  ])('%s', (_, panel, value, alarms) => {
    expect(judge(panel, [of(value)])).toEqual(alarms);
  });

  it('names the alarming series by its legend', () => {
    expect(judge(result, [of(1, { job: 'a' }), of(0, { job: 'b' })])).toEqual([
      `b: 'down' is ${red}`,
    ]);
  });

  it('is alarming without data, unless it has a text that explains this', () => {
    const noData = ['no data, without words for it'];
    const worded = { ...frame, queries: 'x', thresholds: { critical: 1 } };
    expect(judge(stat({ ...worded, empty: 'no volumes' }), [])).toEqual([]);
    expect(judge(stat({ ...worded, empty: 'No data' }), [])).toEqual(noData);
    expect(judge(stat({ ...worded, empty: ' ' }), [])).toEqual(noData);
  });

  it('is alarming if a missing value has the colour of the lowest threshold', () => {
    const thresholds = { steps: [{ value: null, color: 'dark-red' }] };
    const panel: Panel = {
      type: 'stat',
      title: 'Load',
      fieldConfig: { defaults: { noValue: 'no volumes', thresholds }, overrides: [] },
    };
    expect(judge(panel, [])).toEqual(["'no volumes' is dark-red"]);
  });

  it('is alarming with NaN or infinity, unless a mapping has a text that explains this', () => {
    const shares = { ...frame, queries: 'x', thresholds: { critical: 1 } };
    expect(judge(bare, [of(Number.NaN)])).toEqual([': a value is NaN']);
    expect(judge(bare, [of(Infinity)])).toEqual([': a value is Infinity', ": 'Infinity' is red"]);
    expect(judge(stat(shares), [of(Number.NaN)])).toEqual(['Load: no data, without words for it']);
    expect(judge(stat({ ...shares, empty: 'no requests' }), [of(Number.NaN)])).toEqual([]);
  });

  it('has the default colours of Grafana, unless it shows no colour', () => {
    expect(judge(bare, [of(79)])).toEqual([]);
    expect(judge(bare, [of(80)])).toEqual([": '80' is red"]);
    expect(judge({ ...bare, options: { colorMode: 'none' } }, [of(80)])).toEqual([]);
  });

  it('with bars is alarming beyond the end of its scale', () => {
    const bars = barGauge({ ...frame, queries: { '{{job}}': 'x' }, max: 1 });
    expect(judge(bars, [of(1, { job: 'a' }), of(1.2, { job: 'b' })])).toEqual([
      'b: 1.2 is beyond the scale',
    ]);
  });
});

describe('a value mapping', () => {
  const mapped = (type: string, options: unknown): Panel => ({
    ...bare,
    fieldConfig: { defaults: { mappings: [{ type, options }] }, overrides: [] },
  });
  const result = { text: 'late', color: 'semi-dark-yellow' };

  it.each([
    ['of a value', mapped('value', { 5: result }), 5, 6],
    ['of a range', mapped('range', { from: 5, to: 7, result }), 7, 8],
    ['of a range without end', mapped('range', { from: 5, to: null, result }), 5, 4],
    ['of NaN', mapped('special', { match: 'nan', result }), Number.NaN, 1],
  ])('%s colours only the matching values', (_, panel, matched, other) => {
    expect(judge(panel, [of(matched)])).toEqual([": 'late' is semi-dark-yellow"]);
    expect(judge(panel, [of(other)])).toEqual([]);
  });

  it('of an unknown kind is an error', () => {
    expect(() => judge(mapped('moon', {}), [of(1)])).toThrow('Unknown value mapping: moon.');
    expect(() => judge(mapped('special', { match: 'moon' }), [of(1)])).toThrow('moon');
  });
});

describe('a chart', () => {
  const share = { ...frame, unit: 'percentunit' as const, queries: { '{{pod}}': 'x' } };
  const limited = timeSeries({ ...share, max: 1, thresholds: { warning: 0.8, critical: 0.9 } });

  it('is alarming if a line crosses a drawn threshold', () => {
    const calm = of([0.1, 0.79], { pod: 'a' });
    const crossing = of([0.1, 0.85, 0.95, 0.1], { pod: 'b' });
    expect(judge(limited, [calm])).toEqual([]);
    expect(judge(limited, [calm, crossing])).toEqual([
      `b: crosses 0.8 into ${orange}`,
      `b: crosses 0.9 into ${red}`,
    ]);
  });

  it('is not alarming above a threshold that is not drawn', () => {
    const hidden = timeSeries({ ...share, thresholds: { critical: 0.0001 } });
    expect(judge(hidden, [of(1, { pod: 'a' })])).toEqual([]);
  });

  it('is alarming if a value is not a number, or beyond the scale', () => {
    expect(judge(limited, [of([0.1, Number.NaN], { pod: 'a' })])).toEqual(['a: a value is NaN']);
    expect(judge(limited, [of(-0.1, { pod: 'a' })])).toEqual(['a: -0.1 is beyond the scale']);
  });

  it('is alarming if the axis of zeros has no end', () => {
    const open: Panel = { ...bare, type: 'timeseries' };
    expect(judge(open, [of([0, 0])])).toEqual(['the axis of zeros ends at 100']);
    expect(judge(open, [of([0, 1])])).toEqual([]);
    expect(judge(timeSeries(share), [of([0, 0], { pod: 'a' })])).toEqual([]);
  });

  it('needs a text for no data, and so do a heatmap and a timeline', () => {
    const states = { 1: ['up', 'good'] } as const;
    expect(judge(limited, [])).toEqual([]);
    expect(judge({ ...bare, type: 'timeseries' }, [])).toEqual(['no data, without words for it']);
    expect(judge(heatmap({ ...frame, queries: 'x' }), [])).toEqual([]);
    expect(judge({ ...bare, type: 'heatmap' }, [])).toEqual(['no data, without words for it']);
    expect(judge(stateTimeline({ ...share, states, empty: 'no page' }), [])).toEqual([]);
    expect(judge(stateTimeline({ ...share, states }), [])).toEqual([
      'no data, without words for it',
    ]);
  });
});

it('a timeline is alarming if a lane was in a bad state', () => {
  const states = { 1: ['up', 'good'], 0: ['down', 'critical'] } as const;
  const lanes = stateTimeline({ ...frame, states, queries: { '{{job}}': 'x' } });
  expect(judge(lanes, [of([1, 1], { job: 'a' }), of([0, 1], { job: 'b' })])).toEqual([
    `b: 'down' is ${red}`,
  ]);
});

describe('a table', () => {
  const pods = table({
    ...frame,
    labels: { pod: 'Pod', phase: { title: 'Phase', moods: { Failed: 'critical' } } },
    columns: {
      Ready: { ready: 'x', wanted: 'y' },
      Load: { unit: 'short', fill: true, thresholds: { warning: 1, critical: 2 }, query: 'x' },
      Age: { unit: 's', query: 'z' },
    },
    empty: 'no pods',
  });
  const a = { pod: 'a', phase: 'Running' };

  it('is not alarming if all cells are good', () => {
    const ready = of(0, { ...a, ready_of_0: '2 of 2' });
    expect(judge(pods, [ready], [of(0.5, a)], [of(1e6, a)])).toEqual([]);
  });

  it('is alarming by the text and by the value of a cell, according to its column', () => {
    const b = { pod: 'b', phase: 'Failed' };
    const ready = of(2, { ...b, ready_of_0: '0 of 2' });
    expect(judge(pods, [ready], [of(1.5, b)], [])).toEqual([
      `b Failed 0 of 2: Phase: 'Failed' is ${red}`,
      `b Failed 0 of 2: Ready: '0 of 2' is ${red}`,
      `b Failed 0 of 2: Missing: '2' is ${red}`,
      `b Failed 0 of 2: Load: '1.5' is ${orange}`,
    ]);
  });

  it('needs a text for a cell without a value and for no rows', () => {
    expect(judge(pods, [], [of(0.5, a)], [])).toEqual([]);
    expect(judge(pods, [], [], [])).toEqual([]);
    expect(judge(table({ ...frame, labels: {}, columns: {}, empty: '' }))).toEqual([
      'no data, without words for it',
    ]);
  });

  it('with a single query is also evaluated', () => {
    const one = table({
      ...frame,
      labels: { pod: 'Pod' },
      columns: { Load: { unit: 'short', thresholds: { critical: 2 }, query: 'x' } },
    });
    expect(judge(one, [of(2, { pod: 'a' })])).toEqual([`a: Load: '2' is ${red}`]);
  });
});

it('an unknown kind of panel is an error', () => {
  expect(() => judge({ ...bare, type: 'piechart' })).toThrow('type piechart is not known');
});
