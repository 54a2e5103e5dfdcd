import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { record, target, table, within } from './queries.js';

type Panel = Parameters<dashboard.DashboardBuilder['withPanel']>[0] & { id(id: number): unknown; gridPos(pos: dashboard.GridPos): unknown };

/** Panels side by side: a height, and for each its width of 24. */
export type Row = readonly [height: number, ...(readonly [width: number, panel: Panel])[]];

export interface About {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly from: string;
  readonly refresh: string;
  readonly variables: readonly ('ward' | 'kind' | 'device')[];
  readonly rows: readonly Row[];
}

/** What one dashboard and all others of ours have. */
export function build(about: About): dashboard.Dashboard {
  const made = new dashboard.DashboardBuilder(about.title)
    .uid(about.uid)
    .description(about.description)
    .tags(['iomtad'])
    .time({ from: about.from, to: 'now' })
    .refresh(about.refresh)
    .timezone('browser')
    .tooltip(dashboard.DashboardCursorSync.Crosshair)
    .readonly()
    .variables(about.variables.map((name) => variables[name]()))
    .annotations(annotations())
    .link(new dashboard.DashboardLinkBuilder('IoMTAD').type(dashboard.DashboardLinkType.Dashboards).tags(['iomtad'])
      .keepTime(true).includeVars(true));
  let [id, y] = [0, 0];
  for (const [height, ...panels] of about.rows) {
    let x = 0;
    for (const [width, panel] of panels) {
      panel.id(++id);
      panel.gridPos({ x, y, w: width, h: height });
      made.withPanel(panel);
      x += width;
    }
    if (x !== 24) throw new Error(`${about.title}: the row at ${y} is ${x} wide, not 24`);
    y += height;
  }
  const built = made.build();
  // The library would hide them in a menu.
  for (const shown of [...(built.links ?? []), ...(built.annotations?.list ?? [])]) delete shown.placement;
  return built;
}

const variables = {
  ward: () => names('ward', 'Ward', "SELECT ward FROM panels.devices UNION SELECT 'unknown' ORDER BY 1"),
  kind: () => names('kind', 'Device kind', "SELECT kind FROM panels.devices UNION SELECT 'unknown' ORDER BY 1"),
  // Of devices there may be a hundred thousand: a part of the name is asked for, not a choice.
  device: () => new dashboard.TextBoxVariableBuilder('device').label('Device contains')
    .defaultValue('').current({ text: '', value: '', selected: true })
    .description('A part of the names of devices; empty for all.'),
};

/** There is always one to choose, so that a query of an empty system is one, too. */
function names(name: string, label: string, query: string): dashboard.QueryVariableBuilder {
  return new dashboard.QueryVariableBuilder(name).label(label).datasource(record).query(query).definition(query)
    .multi(true).includeAll(true).current({ text: ['All'], value: ['$__all'], selected: true })
    .refresh(dashboard.VariableRefresh.OnTimeRangeChanged).sort(dashboard.VariableSort.AlphabeticalAsc);
}

function annotations(): dashboard.AnnotationQueryBuilder[] {
  return [
    mark('Models', 'purple', `
      SELECT at AS time, CASE type WHEN 'ModelPromoted' THEN 'promoted: ' ELSE 'rolled back to: ' END || version || COALESCE(' instead of
      ' || earlier, '') AS text,
      type AS tags
      FROM panels.model_changes WHERE type IN ('ModelPromoted', 'ModelRolledBack') AND ${within('ticks')} ORDER BY ticks`),
    mark('Skipped traffic', 'red', `
      SELECT opened_at AS time, why AS text, incident_kind AS tags
      FROM panels.incidents WHERE incident_kind = 'SkippedTraffic' AND ${within('opened_ticks')} ORDER BY opened_ticks`),
  ];
}

function mark(name: string, color: string, sql: string): dashboard.AnnotationQueryBuilder {
  return new dashboard.AnnotationQueryBuilder().name(name).datasource(record).enable(true).iconColor(color)
    .target(target(table(sql), 'Anno'));
}
