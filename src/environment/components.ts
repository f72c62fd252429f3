import { backupWorkload } from '../components/backup/names.js';
import { definitionOf } from '../components/definition.js';
import { configFinding } from '../config/faults.js';
import type { Connection } from '../model/connection.js';
import type { Finding } from '../model/finding.js';
import type { Component, Party } from '../model/party.js';
import { type Configured, configured } from './configured.js';
import type { Environment } from './environment.js';
import { unusedExposure, unusedOption } from './unused.js';

const declare = ({ definition, context, path }: Configured): Component => ({
  ...definition.declare(context),
  ...(path && { declaration: { path } }),
});

/** The components that an environment deploys: enabled ones that ship, and its own. */
export const componentsOf = (environment: Environment): Component[] => [
  ...configured(environment).flatMap((one) => (one.deployed ? declare(one) : [])),
  ...withoutOptions(environment),
];

/** The faults that components find in valid options, and options that nothing uses: warnings, and what depends on the environment. */
export const judgedFaults = (environment: Environment): Finding[] => {
  const all = configured(environment);
  return [
    ...all.flatMap((one) => {
      const { definition, context, deployed, path, key } = one;
      const faults = deployed ? (definition.judge?.(context) ?? []) : unusedOption(one);
      return faults.map(({ place, ...fault }) => ({
        ...fault,
        place: { ...place, path: [path ?? key, place.path].filter(Boolean).join('.') },
      }));
    }),
    ...unusedExposure(environment, all),
  ].map(({ place, ...fault }) =>
    configFinding({ ...fault, place: { file: environment.file, ...place } }),
  );
};

const withoutOptions = ({ components }: Environment): Component[] =>
  components.flatMap((one, index) =>
    definitionOf(one)
      ? []
      : { ...(one as Component), declaration: { path: `components[${index}]` } },
  );

/** All components of an environment, enabled or not. */
export const possibleComponents = (environment: Environment): Component[] => [
  ...configured(environment).map(declare),
  ...withoutOptions(environment),
];

/** A component that is disabled in an environment. */
export interface Absence {
  /** The component as it would be deployed. */
  readonly component: Component;
  /** Whether `enabled: false` disables it, and neither its default nor another option. */
  readonly disabled: boolean;
  readonly hasVolume: boolean;
  /** The workloads that would copy its volumes. */
  readonly backups: readonly string[];
}

/** Whether a component is enabled by default. */
const isUsual = ({ definition }: Configured): boolean =>
  definition.options.shape.enabled.parse(undefined);

/** Whether `enabled: false` disables it, and neither its default nor another option. */
const isDisabled = (one: Configured): boolean => !one.context.options.enabled && isUsual(one);

/** The components that are disabled in an environment. */
export const absencesOf = (environment: Environment): Absence[] =>
  configured(environment).flatMap((one) =>
    one.deployed
      ? []
      : {
          component: declare(one),
          disabled: isDisabled(one),
          hasVolume: 'volume' in one.context.size,
          backups: environment.backup.bucket
            ? (one.definition.copies?.(one.context) ?? []).map(backupWorkload)
            : [],
        },
  );

/** Outside parties of an environment: those in the options of components, and its own. */
export const partiesOf = (environment: Environment): Party[] => {
  const all: Party[] = [
    ...configured(environment).flatMap(({ definition, context, deployed, path }) => {
      const parties = deployed ? (definition.parties?.(context) ?? []) : [];
      return parties.map((one) => ({ ...(path && { declaration: { path } }), ...one }));
    }),
    // A party of applications/ is declared there.
    ...environment.parties.map(
      (one, index): Party => ({ declaration: { path: `parties[${index}]` }, ...one }),
    ),
  ];
  const fixed = [
    ...possibleComponents(environment),
    ...all.filter((one) => !one.declaration?.renamable),
  ];
  const taken = new Set(fixed.map(({ name }) => name));
  return all.map((one) =>
    one.declaration?.renamable && taken.has(one.name)
      ? { ...one, name: `${one.name}-receiver` }
      : one,
  );
};

/** Why content about a component that is not deployed is left out. */
export const notDeployed = ({ name }: { readonly name: string }): string =>
  `${name} is not deployed`;

/** Why content is left out if a fact does not hold, by the name of the fact. */
export const withoutFact = (environment: Environment): Readonly<Record<string, string>> =>
  Object.fromEntries(
    configured(environment).flatMap((one) =>
      Object.entries(one.definition.facts ?? {}).map(([name, { without }]) => {
        if (isDisabled(one)) return [name, notDeployed(one.definition)];
        return [name, typeof without === 'function' ? without(one.context) : without];
      }),
    ),
  );

/** The facts of an environment, such as `configured:remote-write`. */
export const factsOf = (
  environment: Environment,
  connections: readonly Connection[],
): readonly string[] =>
  configured(environment).flatMap(({ definition: { facts = {} }, context, deployed }) =>
    Object.entries(facts)
      .filter(([, fact]) => deployed && fact.holds(context, connections))
      .map(([name]) => name),
  );
