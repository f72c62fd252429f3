import { outsideGrafanas } from '../../derive/outside-grafana.js';
import { outgoingOf } from '../../derive/wiring.js';
import { settingOf } from '../../environment/setting.js';
import { connectionsFor } from '../../model/connection.js';
import { logqlUid, promqlUid } from '../../model/data-source.js';
import type { SynthesizedStack } from '../synthesized-stack.js';
import { code, listed, table } from './markdown.js';

/** The settings that an outside Grafana needs for the dashboards. */
export const outsideGrafana = ({
  environment,
  parties,
  connections,
}: SynthesizedStack): string[] => {
  const setting = settingOf(environment);
  const outgoing = outgoingOf(connections, setting);
  return outsideGrafanas(parties, setting.names).flatMap(
    ({ party, url, namespace, labels, folderAnnotation }) => {
      const own = outgoing.filter(({ consumer }) => consumer.party === party);
      const pairs = Object.entries(labels).map(([key, value]) => code(`${key}: '${value}'`));
      return [
        `## Dashboards in ${party}`,
        `The dashboards are ConfigMaps in the namespace ${code(namespace)} with the label ${listed(pairs)}; the annotation ${code(folderAnnotation)} has the folder. The sidecar of Grafana must watch this namespace for this label, and read the folder from the annotation (\`folderAnnotation: ${folderAnnotation}\` and \`provider.foldersFromFilesStructure: true\` in its Helm chart). Alerts link to ${url}.`,
        'Grafana needs these data sources, with exactly these uids:',
        table(
          ['uid', 'type', 'URL'],
          [
            ...connectionsFor(own, 'promql').map((one) => [promqlUid, 'prometheus', one.url ?? '']),
            ...connectionsFor(own, 'logql').map((one) => [logqlUid, 'loki', one.url ?? '']),
            ...connectionsFor(own, 'datasource').map(({ provider, offer, ...one }) => [
              offer.uid ?? provider.party,
              offer.variant ?? '',
              one.url ?? '',
            ]),
          ],
        ),
      ];
    },
  );
};
