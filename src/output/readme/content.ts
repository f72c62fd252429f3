import { dashboardsUrl } from '../../derive/dashboards-url.js';
import { settingOf } from '../../environment/setting.js';
import { connectionsFor } from '../../model/connection.js';
import type { SynthesizedStack } from '../synthesized-stack.js';

type Stack = Pick<SynthesizedStack, 'environment' | 'parties' | 'connections'>;

/** Whether a component of the stack scrapes metrics, and so evaluates rules. */
export const evaluatesRules = ({ connections }: Pick<Stack, 'connections'>): boolean =>
  connectionsFor(connections, 'metrics').some(({ consumer }) => consumer.own);

/** Whether a Grafana shows the dashboards. */
export const showsDashboards = ({ environment, parties }: Omit<Stack, 'connections'>): boolean =>
  dashboardsUrl(parties, settingOf(environment).names) !== undefined;
