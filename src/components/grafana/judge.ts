import type { CommonEnvironment } from '../../config/common.js';
import type { ConfigFault } from '../../config/faults.js';
import type { FoundFault } from '../../model/fault.js';
import type { Oidc } from './login.js';
import { oidcLogin, openTo, type ProviderLogin } from './open-login.js';

/** The options whose faults depend on other options, or are only warnings. */
interface Judged {
  readonly options: { readonly oidc?: Oidc };
  readonly environment: Pick<CommonEnvironment, 'exposure'>;
}

/** Logins that are open to strangers: a warning, and an error if Grafana is exposed. */
export const judge = ({ options, environment }: Judged): FoundFault<ConfigFault>[] => {
  const exposed = environment.exposure?.grafana !== undefined;
  const logins: (readonly [path: string, login: ProviderLogin])[] = [
    ...(options.oidc ? [['oidc', oidcLogin(options.oidc)] as const] : []),
  ];
  return logins.flatMap(([path, login]): FoundFault<ConfigFault>[] => {
    const host = openTo(login);
    if (host === undefined) return [];
    return [
      {
        fault: exposed ? 'exposed-login' : 'open-login',
        place: { path },
        message: `${exposed ? 'Grafana is exposed, and everybody' : 'Everybody'} with an account at ${host} can log in to Grafana.`,
      },
    ];
  });
};
