import type { Rules } from '../alert-group.js';

/** The fact that an environment has objectives: a group of rules records their targets. */
export const objectivesFact = 'configured:objectives';

/** Why content that needs this fact is left out. */
const withoutObjectives = 'no objective of an application is measured';

/** The fact that an environment has objectives of an application that it scrapes. */
export const scrapedObjectivesFact = 'configured:scraped-objectives';

/** Why content about objectives is left out, by the fact that it needs. */
export const withoutObjectiveFacts = {
  [objectivesFact]: withoutObjectives,
  [scrapedObjectivesFact]: 'no application with an objective is scraped',
};

/** The facts about the objectives that rules measure, in an environment with these scrape jobs. */
export const objectiveFacts = (all: readonly Rules[], jobs: readonly string[]): string[] => {
  const measured = all
    .flatMap(({ recordings = [] }) => recordings)
    .filter(({ record }) => record === 'slo:objective:ratio');
  const isScraped = measured.some(({ labels }) => jobs.includes(`${labels?.service}`));
  return [
    ...(measured.length > 0 ? [objectivesFact] : []),
    ...(isScraped ? [scrapedObjectivesFact] : []),
  ];
};
