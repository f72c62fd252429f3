import type { Options as DashboardListOptions } from '@grafana/grafana-foundation-sdk/dashboardlist';
import type { Options as TextOptions } from '@grafana/grafana-foundation-sdk/text';
import type { Plain } from '../model/plain.js';
import { type Frame, type Panel, panel } from './panel.js';

/** Text in Markdown. */
export const text = (options: Frame & { readonly content: string }): Panel =>
  panel(
    'text',
    options,
    { options: { mode: 'markdown', content: options.content } satisfies Plain<TextOptions> },
    4,
  );

/** Firing and pending alerts of Prometheus. */
export const alertList = (options: Frame): Panel =>
  panel(
    'alertlist',
    options,
    {
      options: {
        viewMode: 'list',
        groupMode: 'default',
        maxItems: 20,
        sortOrder: 1,
        dashboardAlerts: false,
        datasource: 'Prometheus',
        stateFilter: { firing: true, pending: true, noData: false, normal: false, error: true },
      },
    },
    8,
  );

/** A list of the dashboards of the stack. */
export const dashboardList = (options: Frame & { readonly tag?: string }): Panel =>
  panel(
    'dashlist',
    options,
    {
      options: {
        keepTime: true,
        // A variable can have another meaning on the other dashboard.
        includeVars: false,
        showStarred: false,
        showRecentlyViewed: false,
        showSearch: true,
        showHeadings: false,
        showFolderNames: true,
        maxItems: 100,
        query: '',
        tags: [options.tag ?? 'crowsnest'],
      } satisfies Plain<DashboardListOptions>,
    },
    8,
  );
