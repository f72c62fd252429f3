import type { Options as DashboardListOptions } from '@grafana/grafana-foundation-sdk/dashboardlist';
import type { Options as TextOptions } from '@grafana/grafana-foundation-sdk/text';
import { type Frame, type Panel, panel } from './panel.js';
import type { Plain } from './plain.js';

/** Words in Markdown. */
export const text = (options: Frame & { readonly content: string }): Panel =>
  panel(
    'text',
    options,
    { options: { mode: 'markdown', content: options.content } satisfies Plain<TextOptions> },
    4,
  );

/** The alerts of Prometheus that fire or are about to. */
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

/** The dashboards of the stack, to go on from here. */
export const dashboardList = (options: Frame & { readonly tag?: string }): Panel =>
  panel(
    'dashlist',
    options,
    {
      options: {
        keepTime: true,
        includeVars: true,
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
