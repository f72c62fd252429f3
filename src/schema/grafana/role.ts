import { memoizeText } from '../../model/memoize.js';
import { suggest } from '../../model/suggestion.js';
import { jmespathFault, parseJmespath } from '../jmespath/fault.js';
import { type Result, resultsOf } from '../jmespath/result.js';

/** The roles of Grafana: https://github.com/grafana/grafana/blob/v11.0.0/pkg/services/org/model.go */
export const roles = ['Viewer', 'Editor', 'Admin', 'None'] as const;

const fromPath = [...roles, 'GrafanaAdmin'];

/** What a JMESPath expression has to be, as a text that completes "Set it to …"; undefined if it is one. */
export const pathFault = memoizeText((path): string | undefined => {
  const fault = jmespathFault(path);
  return fault === undefined ? undefined : `a valid JMESPath expression: ${fault}`;
});

/**
 * The same of an expression for the role: what it returns by itself is a role, in upper or lower case. Grafana rejects
 * the login of a user with another role, and ignores a result that is not a text.
 * https://github.com/grafana/grafana/blob/v11.0.0/pkg/login/social/connectors/social_base.go
 */
export const rolePathFault = memoizeText((path): string | undefined => {
  const fault = pathFault(path);
  if (fault !== undefined) return fault;
  const [wrong] = resultsOf(parseJmespath(path)).flatMap((one) => resultFault(one) ?? []);
  return (
    wrong && `an expression that returns Viewer, Editor, Admin, GrafanaAdmin or None: ${wrong}`
  );
});

const resultFault = ({ kind, value }: Result): string | undefined => {
  const role = fromPath.find((one) => one.toLowerCase() === value.toLowerCase());
  switch (kind) {
    case 'text': {
      if (role || value === '') return undefined;
      const suggestion = suggest(value, fromPath);
      return `'${value}' is no role${suggestion ? `; did you mean '${suggestion}'?` : ''}`;
    }
    case 'field':
      return (
        role && `without single quotes, ${value} is a field of the token; did you mean '${role}'?`
      );
    case 'other':
      return `the result of '${value}' is not a text, so add a role: … && 'Viewer'`;
  }
};

/**
 * What a mapping of organizations has to be: entries such as `group:organization:role`.
 * https://github.com/grafana/grafana/blob/v12.0.0/pkg/login/social/connectors/org_role_mapper.go
 */
export const orgMappingFault = memoizeText((text): string | undefined => {
  const entries = entriesOf(text);
  if (!entries) return 'a list separated by commas or spaces, or a JSON array of texts';
  for (const entry of entries) {
    const parts = entry.split(/(?<!\\):/);
    const [, organization = '', role] = parts;
    if (parts.length < 2 || parts.length > 3 || organization === '') {
      return `entries such as 'group:organization:Viewer', in which a colon of a name is written \\:, and not '${entry}'`;
    }
    if (role !== undefined && !(roles as readonly string[]).includes(role)) {
      return `entries with the role Viewer, Editor, Admin or None, and not '${role}'`;
    }
  }
  return undefined;
});

// https://github.com/grafana/grafana/blob/v12.0.0/pkg/util/strings.go
const entriesOf = (text: string): string[] | undefined => {
  if (!text.trim().startsWith('[')) {
    return (text.match(/"[^"]+"|[^,\t\n\v\f\r ]+/g) ?? []).map((one) =>
      one.replace(/^"+|"+$/g, ''),
    );
  }
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((one) => typeof one === 'string') ? list : undefined;
  } catch {
    return undefined;
  }
};
