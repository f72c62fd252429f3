import type { SelectedContent } from '../model/content.js';

type Dashboards = SelectedContent['dashboards'];

/**
 * Imported dashboards with the title of another one in their folder get their uid as a suffix: Grafana loads none of
 * two dashboards with the same title in a folder.
 */
export const withUniqueTitles = (
  dashboards: Dashboards,
  isImported: (uid: string) => boolean,
): Dashboards => {
  const titleOf = (uid: string): string => {
    const { folder, model } = dashboards[uid]!;
    return JSON.stringify([folder, model.title]);
  };
  const uids = Object.keys(dashboards);
  // Dashboards of the house keep their titles.
  const ordered = [...uids.filter((uid) => !isImported(uid)), ...uids.filter(isImported)];
  const first = new Map<string, string>();
  for (const uid of ordered) if (!first.has(titleOf(uid))) first.set(titleOf(uid), uid);
  return Object.fromEntries(
    Object.entries(dashboards).map(([uid, one]) => [
      uid,
      isImported(uid) && first.get(titleOf(uid)) !== uid
        ? { ...one, model: { ...one.model, title: `${one.model.title} (${uid})` } }
        : one,
    ]),
  );
};
