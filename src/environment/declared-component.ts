import { componentSchema } from '../config/component.js';
import { configFinding, failingComponent } from '../config/faults.js';
import type { Finding } from '../model/finding.js';
import { validateValue } from '../schema/validate-value.js';
import { configured } from './configured.js';
import type { Environment } from './environment.js';

/** Findings about the declarations of users' components. */
export const declarationFaults = (environment: Environment): Finding[] =>
  configured(environment).flatMap(({ definition, context, deployed, path }): Finding[] => {
    if (path === undefined || !deployed) return [];
    try {
      const declared = definition.declare(context);
      return validateValue(componentSchema, declared, environment.file).faults.map((fault) =>
        configFinding({
          ...fault,
          place: { ...fault.place, path: [path, fault.place.path].filter(Boolean).join('.') },
        }),
      );
    } catch (error) {
      const place = { file: environment.file, path };
      return [failingComponent(definition.name, place, 'declare', error)];
    }
  });
