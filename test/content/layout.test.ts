import { describe, expect, test } from 'vitest';
import { layOut } from '../../src/content/layout.js';
import type { Panel } from '../../src/content/panel.js';

const panel = (title: string, height: number, width?: number): Panel => ({
  height,
  width,
  body: { type: 'stat', title } as Panel['body'],
});

interface Place {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

const places = (rows: Parameters<typeof layOut>[0]): Place[] =>
  layOut(rows).map(({ gridPos }) => gridPos as Place);

const row = (...panels: Panel[]) => ({ title: 'Row', panels });

/** Pseudorandom numbers that are the same in every run. */
const numbers = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
};

const generated = (seed: number) => {
  const next = numbers(seed);
  return Array.from({ length: 1 + next(5) }, (_, index) => ({
    title: `Row ${index}`,
    panels: Array.from({ length: next(12) }, (_, place) =>
      panel(`Panel ${index}.${place}`, 1 + next(12), next(3) === 0 ? 1 + next(24) : undefined),
    ),
  }));
};

const overlap = (a: Place, b: Place): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

describe.each(Array.from({ length: 10 }, (_, index) => index + 1))('generated rows %i', (seed) => {
  const rows = generated(seed);
  const all = layOut(rows);

  test('contain every panel once, in order, without overlaps', () => {
    expect(all.map(({ title }) => title)).toEqual(
      rows.flatMap(({ title, panels }) => [title, ...panels.map(({ body }) => body.title)]),
    );
    const at = places(rows);
    const clashes = at.flatMap((a, index) => at.slice(index + 1).filter((b) => overlap(a, b)));
    expect(clashes).toEqual([]);
  });

  test('stay within 24 columns, and panels have at least the requested width', () => {
    const asked = rows.flatMap(({ panels }) => [24, ...panels.map(({ width }) => width)]);
    for (const [index, { x, w }] of places(rows).entries()) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + w).toBeLessThanOrEqual(24);
      expect(w).toBeGreaterThanOrEqual(asked[index] ?? 1);
    }
  });

  test('leave no gap in a line', () => {
    const at = places(rows);
    const ends = [...new Set(at.map(({ y }) => y))].map((y) =>
      Math.max(...at.filter((one) => one.y === y).map(({ x, w }) => x + w)),
    );
    expect(new Set(ends)).toEqual(new Set([24]));
  });

  test('are high enough for each panel', () => {
    const heights = rows.flatMap(({ panels }) => [1, ...panels.map(({ height }) => height)]);
    for (const [index, { h }] of places(rows).entries()) {
      expect(h).toBeGreaterThanOrEqual(heights[index] ?? 0);
    }
  });
});

describe('a row', () => {
  test('has a heading over all columns, above its panels', () => {
    expect(layOut([row(panel('a', 8))])).toMatchObject([
      { type: 'row', title: 'Row', gridPos: { x: 0, y: 0, w: 24, h: 1 }, panels: [] },
      { title: 'a', gridPos: { x: 0, y: 1, w: 24, h: 8 } },
    ]);
  });

  test.each([
    [1, [24]],
    [2, [12, 12]],
    [3, [8, 8, 8]],
    [8, Array(8).fill(3)],
  ])('gives each of %i panels the same width', (count, widths) => {
    const panels = Array.from({ length: count }, (_, index) => panel(`${index}`, 4));
    expect(
      places([row(...panels)])
        .slice(1)
        .map(({ w }) => w),
    ).toEqual(widths);
  });

  test('continues in a new line, below the highest panel, if it is full', () => {
    const at = places([row(panel('a', 4, 16), panel('b', 8, 8), panel('c', 4, 6))]);
    expect(at.slice(1)).toEqual([
      { x: 0, y: 1, w: 16, h: 8 },
      { x: 16, y: 1, w: 8, h: 8 },
      { x: 0, y: 9, w: 24, h: 4 },
    ]);
  });

  test('divides the rest of a line among its panels if all request a width', () => {
    const at = places([row(panel('a', 4, 8), panel('b', 4, 7))]);
    expect(at.slice(1).map(({ w }) => w)).toEqual([13, 11]);
  });

  test('starts below the previous row', () => {
    expect(places([row(panel('a', 4)), row(panel('b', 4))]).map(({ y }) => y)).toEqual([
      0, 1, 5, 6,
    ]);
  });

  test.each([0, 25, 1.5])('rejects a panel with %d columns', (width) => {
    expect(() => layOut([row(panel('a', 4, width))])).toThrow(
      `Panel 'a' is ${width} columns wide: allowed is a width of 1 to 24.`,
    );
  });
});

test('ids start at one, include headings, and are the same in every run', () => {
  const rows = generated(3);
  const ids = layOut(rows).map(({ id }) => id);
  expect(ids).toEqual(ids.map((_, index) => index + 1));
  expect(layOut(rows)).toEqual(layOut(rows));
});
