import { bareAddress } from '../../config/server.js';
import type { Report, Unvalidated } from '../definition.js';
import { type NativeModule, nativeModule, transportOf } from './native-module.js';
import { nameOf, type Probe } from './probed-page.js';

/** Probes have different names; a target has a module, with what the module needs. */
export const validate = ({ probes, modules, icmp }: Unvalidated, report: Report): void => {
  const list: readonly Partial<Probe>[] = Array.isArray(probes) ? probes : [];
  const names = list.map((one) =>
    (typeof one?.url === 'string' && URL.canParse(one.url)) || typeof one?.target === 'string'
      ? nameOf(one as Probe)
      : undefined,
  );
  for (const [index, name] of names.entries()) {
    if (name === undefined || names.indexOf(name) === index) continue;
    report(['probes', index, 'name'], 'a name that no other page has');
  }
  const known = Object(modules) as Readonly<Record<string, unknown>>;
  const pings = Object.values(known).some((one) => Object(one).prober === 'icmp');
  if (pings !== (icmp !== undefined)) {
    report(
      ['icmp'],
      pings
        ? 'the reason why ICMP probes may reach every port of their targets: a network policy cannot allow only ICMP'
        : 'nothing: no module has the prober icmp',
    );
  }
  for (const [index, one] of list.entries()) {
    if (typeof one?.target === 'string' && typeof one.module === 'string') {
      targetFaults(one, known, (field, message) => report(['probes', index, field], message));
    }
  }
};

const targetFaults = (
  { target = '', module: name = '', unverified, at }: Partial<Probe>,
  modules: Readonly<Record<string, unknown>>,
  fault: (field: string, message: string) => void,
): void => {
  if (!Object.hasOwn(modules, name)) {
    const names = Object.keys(modules);
    const known = names.length > 0 ? names.map((one) => `'${one}'`).join(', ') : 'none yet';
    fault('module', `the name of a module in modules (${known})`);
    return;
  }
  const { success, data } = nativeModule.safeParse(modules[name]);
  // An invalid module has its own findings.
  if (!success) return;
  const module: NativeModule = data;
  const { tls } = transportOf(module);
  if (module.prober === 'icmp') {
    if (/:\d+$/.test(target)) fault('target', 'a host without a port: ICMP has no ports');
    if (at?.kind === 'pods') {
      fault(
        'at',
        "addresses: { kind: 'addresses', cidrs }. The address of a Service does not answer ICMP",
      );
    }
    if (!at && bareAddress(target.replace(/:\d+$/, '')) === undefined) {
      fault(
        'at',
        `the addresses of ${target}, { kind: 'addresses', cidrs }: every port of them is opened`,
      );
    }
  } else if (module.prober !== 'dns' && !/:\d+$/.test(target)) {
    fault('target', "a host and a port such as 'db.example.com:5432'");
  }
  const skips = tls?.insecure_skip_verify === true;
  if (skips && unverified === undefined) {
    fault('unverified', 'the reason why the certificate cannot be verified');
  }
  if (!skips && unverified !== undefined) {
    fault('unverified', `nothing: the module ${name} has no insecure_skip_verify`);
  }
};
