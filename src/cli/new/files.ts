import { type AlertSubject, newAlert } from './alert.js';
import { newApplication } from './application.js';
import { newDashboard } from './dashboard.js';
import { newEnvironment } from './environment.js';
import type { Library } from './library.js';

/** What `crowsnest new` writes. */
export const kinds = ['dashboard', 'alert', 'environment', 'application'] as const;
export type Kind = (typeof kinds)[number];

/** The files of something new, by their paths in the project. They pass all checks, and the user edits them. */
export const newFiles = (
  kind: Kind,
  name: string,
  library: Library,
  /** What an alert is about. @default - Prometheus */
  subject?: AlertSubject,
): Readonly<Record<string, string>> => {
  switch (kind) {
    case 'dashboard':
      return { [`dashboards/${name}.ts`]: newDashboard(name, library) };
    case 'alert':
      return Object.fromEntries(
        Object.entries(newAlert(name, library, subject)).map(([extension, text]) => [
          `alerts/${name}${extension}`,
          text,
        ]),
      );
    case 'environment':
      return { [`environments/${name}.ts`]: newEnvironment(name, library) };
    case 'application':
      return { [`applications/${name}.ts`]: newApplication(name, library) };
  }
};

/** What to do with the new files. */
export const nextStep = (kind: Kind, name: string): string =>
  ({
    alert: `Edit them, then: npx crowsnest test ${name} && npx crowsnest synth`,
    application:
      'Edit it, then: npx crowsnest synth. All environments have it, except those that list others in `applications`.',
    dashboard: 'Edit it, then: npx crowsnest synth',
    environment: 'Edit it, then: npx crowsnest synth',
  })[kind];
