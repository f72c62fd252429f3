import type { FaultKinds } from '../../../model/fault.js';
import type { ObjectFault } from '../../support/pod/fault.js';

export const faults = {
  'unreached-receiver': {
    what: "Alerts with the label reach='all' do not reach this receiver.",
    why: 'They are about receivers that fail to deliver, so every other receiver must get them.',
    example:
      'routes:\n  - receiver: team   # before any route with the matcher reach="all"\n    matchers: [\'severity="critical"\']',
    fix: 'Add a route to this receiver with the matcher reach="all" and continue: true, before the other routes.',
  },
  'inhibiting-alert': {
    what: "An alert with the label reach='all' inhibits other alerts.",
    why: 'The receiver of the inhibiting alert may be the one that fails.',
    example: 'inhibit_rules:\n  - source_matchers: [\'severity="critical"\']',
    fix: 'Add the matcher reach!="all" to source_matchers.',
  },
  'unrouted-receiver': {
    what: 'No route leads to this receiver, and it is not the default.',
    why: 'It never gets an alert.',
    example: 'receivers:\n  - name: database-team   # no route has this receiver',
    fix: 'Use it in a route or as defaultReceiver, or remove it.',
  },
  'no-match': {
    what: 'No alert that reaches this route matches all of its matchers.',
    why: 'Its receiver gets no alert from this route.',
    example:
      'matchers: [\'severity="critical"\', \'alertname="TargetsDown"\']   # which is a warning',
    fix: 'Correct the matchers, or remove the route.',
  },
  'needless-continue': {
    what: 'No later route matches any of these alerts, so continue has no effect.',
    why: 'The default receiver only gets alerts that no route matches.',
    example: 'routes:\n  - receiver: team\n    continue: true   # and this is the last route',
    fix: 'Add a later route, also for the default receiver if it should get these alerts, or remove continue.',
    severity: 'warning',
  },
  'shadowed-route': {
    what: 'Earlier routes match every alert that this route matches.',
    why: 'Its receiver gets no alert from this route.',
    example:
      'routes:\n  - receiver: on-call\n  - receiver: team   # the first route matches everything',
    fix: 'Move it before them, or set continue: true on them.',
  },
  'unknown-label': {
    what: 'No alert of the shipped rules has the label that the matcher names.',
    why: 'The route never matches, and its receiver gets no alert.',
    example: 'matchers: [\'severty="critical"\']',
    fix: 'Use a label that the alerts have.',
  },
  'unknown-value': {
    what: 'No alert of the shipped rules has this value of the label.',
    why: 'The route never matches, and its receiver gets no alert.',
    example: 'matchers: [\'severity="crticial"\']',
    fix: 'Use a value that an alert has.',
  },
  'uncertain-label': {
    what: 'No alert of the shipped rules is known to have this label, and a known label has a similar name.',
    why: 'If the label is misspelt, the receiver gets no alert.',
    example: 'matchers: [\'subjct="node"\']',
    fix: 'Correct the label, or declare the metrics that have it where they are offered.',
    severity: 'warning',
  },
  'idle-routes': {
    what: 'Routes of the native configuration get no alert of the shipped rules.',
    why: 'Their receivers get an alert only if another sender sends it.',
    example:
      'routes:\n  - receiver: team\n    match: { severity: page }   # no alert has this severity',
    fix: 'Correct the matchers, remove the routes, or waive this if another sender sends such alerts.',
    severity: 'warning',
  },
  'unused-receivers': {
    what: 'No route of the native configuration leads to these receivers.',
    why: 'They never get an alert.',
    example: 'receivers:\n  - name: database-team   # no route has this receiver',
    fix: 'Use them in a route, or remove them.',
    severity: 'warning',
  },
  'silenced-alerts': {
    what: 'Alerts that are not for information reach no receiver that notifies anybody.',
    why: 'Nobody learns of them.',
    example: 'routes:\n  - receiver: nobody\n    matchers: [\'severity="critical"\']',
    fix: "Route them to a receiver. If that is intended, disable each with without('…', '…'), or waive this.",
    severity: 'warning',
  },
  'unequal-labels': {
    what: 'The alerts that inhibit and those to be inhibited never have the same value of a label in equal.',
    why: 'The rule inhibits nothing: a label that only one of two alerts has is not equal.',
    example:
      'inhibit_rules:\n  - source_matchers: [\'alertname="Watchdog"\']\n    target_matchers: [\'alertname="TargetsDown"\']\n    equal: [alertname]',
    fix: 'Use only labels that alerts on both sides have.',
    severity: 'warning',
  },
} satisfies FaultKinds;

export type RoutesFault = ObjectFault<keyof typeof faults>;
