import { chosen, type Line } from '../../../cluster/line.js';
import { nativeConfig } from '../../../components/prometheus/native-config.js';
import { engine } from '../../../schema/prometheus/engine.js';
import type { Library } from '../../new/library.js';
import { converter, type LeftField } from './convert.js';
import { matches } from './file-name.js';
import type { Known } from './known.js';
import { moduleText } from './module.js';
import type { Path } from './path.js';
import { foundBy, leftAt, type NativeFile, type Piece } from './piece.js';
import { withoutRefused } from './refused.js';
import { jobEntry, serverEntry } from './server-entry.js';

type Fields = Readonly<Record<string, unknown>>;

/** The option `prometheus` for an existing configuration of Prometheus. */
export const prometheusPiece = (
  file: NativeFile,
  known: Known,
  library: Pick<Library, 'index'>,
): Piece => {
  const jobs = listOf(file.value.scrape_configs);
  const named = (path: Path): Path => {
    const [top, index, ...inner] = path;
    if (typeof index !== 'number') return path;
    const own = fieldsOf(listOf(file.value[`${top}`])[index]);
    const name = top === 'scrape_configs' ? own.job_name : (own.name ?? top);
    return [`${name}`, ...inner];
  };
  const made = converter(engine.types, 'prometheus', named);
  const left: LeftField[] = [];
  const converted = (type: string, value: unknown, path: Path) =>
    fieldsOf(made.convert(type, value, path));

  const { global, alerting, rule_files, scrape_configs, remote_write, remote_read, ...others } =
    file.value;
  const { scrape_interval, external_labels, ...settings } = fieldsOf(global);
  const { alertmanagers, ...alerts } = fieldsOf(alerting);
  for (const [index, pattern] of listOf(rule_files).entries()) {
    if (known.rules.some((name) => matches(name, `${pattern}`))) continue;
    const reason = 'Import the rule files too: they go to alerts/.';
    left.push({ path: ['rule_files', index], reason });
  }
  const labels = Object.entries(fieldsOf(external_labels)).filter(([name]) => {
    if (!['cluster', 'replica'].includes(name)) return true;
    const reason = 'The stack sets it: the name of the cluster is the option cluster.name.';
    left.push({ path: ['global', 'external_labels', name], reason });
    return false;
  });
  const native = withoutRefused(
    nativeConfig,
    converted(
      'config.Config',
      {
        ...others,
        ...(Object.keys(settings).length > 0 && { global: settings }),
        ...(Object.keys(alerts).length > 0 && { alerting: alerts }),
      },
      [],
    ),
  );
  left.push(...native.left);

  const entries = (
    top: string,
    list: unknown,
    type: string,
    of: (value: Fields, path: Path) => object | undefined,
  ) =>
    listOf(list).flatMap((one, index) => {
      const path: Path = top.split('.');
      const entry = of(converted(type, one, [...path, index]), [...path, index]);
      return entry === undefined ? [] : [entry];
    });
  const context = { known, file, left };
  const lists: Readonly<Record<string, object[]>> = {
    alertmanagers: entries(
      'alerting.alertmanagers',
      alertmanagers,
      'config.AlertmanagerConfig',
      (value, path) => serverEntry('alertmanagers', value, path, context),
    ),
    remoteWrite: entries('remote_write', remote_write, 'config.RemoteWriteConfig', (value, path) =>
      serverEntry('remoteWrite', value, path, context),
    ),
    remoteRead: entries('remote_read', remote_read, 'config.RemoteReadConfig', (value, path) =>
      serverEntry('remoteRead', value, path, context),
    ),
    scrapeConfigs: entries('scrape_configs', jobs, 'config.ScrapeConfig', (value, path) =>
      jobEntry(value, path, context),
    ),
  };
  const config = fieldsOf(native.value);
  const lines: Line[] = [
    ...(scrape_interval ? [chosen('scrapeInterval', `${scrape_interval}`)] : []),
    ...(labels.length > 0
      ? [
          chosen(
            'externalLabels',
            Object.fromEntries(labels.map(([name, one]) => [name, `${one}`])),
          ),
        ]
      : []),
    ...(Object.keys(config).length > 0 ? [chosen('config', config)] : []),
    ...Object.entries(lists).flatMap(([option, list]) =>
      list.length === 0 ? [] : [chosen(option, list, ...(hasOpenPlace(list) ? [openPlace] : []))],
    ),
  ];
  const found = foundBy(file, made, lines);
  return {
    option: 'prometheus',
    text: moduleText('prometheus', lines, file.file, library),
    left: [...found.left, ...left.map((one) => leftAt(file, one))],
    secrets: found.secrets,
  };
};

const openPlace =
  'TO DO: where the servers are: the labels of their pods, or their addresses; and the ports in SRV records.';

const hasOpenPlace = (list: readonly object[]): boolean =>
  /"(namespace":""|labels":\{\}|cidrs":\[\]|ports":\[\])/.test(JSON.stringify(list));

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
