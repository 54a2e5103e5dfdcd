import { PanelBuilder as BarChart } from '@grafana/grafana-foundation-sdk/barchart';
import { PanelBuilder as BarGauge } from '@grafana/grafana-foundation-sdk/bargauge';
import * as common from '@grafana/grafana-foundation-sdk/common';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as Table } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import { type Query, target } from './queries.js';

/** What every kind of panel can do. */
interface Common {
  title(text: string): this;
  description(text: string): this;
  datasource(source: { type: string; uid: string }): this;
  unit(unit: string): this;
  withTarget(query: ReturnType<typeof target>): this;
  thresholds(thresholds: dashboard.ThresholdsConfigBuilder): this;
}

/** What a panel is called, what it shows and what is normal, in what unit, and from where. */
export interface About {
  readonly title: string;
  readonly description: string;
  readonly unit: string;
  readonly queries: readonly [Query, ...Query[]];
  /** Values from which on the colour changes; below the first it is green. */
  readonly norm?: readonly (readonly [from: number, color: string])[];
}

export const yellow = 'yellow', orange = 'orange', red = 'red', green = 'green', grey = 'text', blue = 'blue';

export const severities = { Critical: 'dark-red', High: red, Medium: orange, Low: yellow };

function about<T extends Common>(panel: T, what: About): T {
  panel.title(what.title).description(what.description.replace(/\s+/g, ' ')).unit(what.unit).datasource(what.queries[0].source);
  what.queries.forEach((query, i) => panel.withTarget(target(query, String.fromCharCode(65 + i))));
  const steps = [{ value: null, color: what.norm ? green : grey }, ...(what.norm ?? []).map(([value, color]) => ({ value, color }))];
  return panel.thresholds(new dashboard.ThresholdsConfigBuilder().mode(dashboard.ThresholdsMode.Absolute)
    .steps(steps as dashboard.Threshold[]));
}

/** The last value of each column. */
export const stat = (what: About): Stat => about(new Stat(), what)
  .graphMode(common.BigValueGraphMode.None)
  .colorMode(common.BigValueColorMode.Value)
  .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']))
  .noValue('none');

/** The name that a query gives, such as that of a version. */
export const name = (what: About): Stat => stat(what)
  .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields('/.*/'));

/** What stands beside lines. */
const legend = (calcs: string[]): common.VizLegendOptionsBuilder => new common.VizLegendOptionsBuilder()
  .displayMode(common.LegendDisplayMode.Table).placement(common.LegendPlacement.Right).showLegend(true).calcs(calcs);

/** Lines over time; a norm is drawn as a dashed line. */
export const lines = (what: About): TimeSeries => about(new TimeSeries(), what)
  .lineWidth(1)
  .fillOpacity(8)
  .showPoints(common.VisibilityMode.Auto)
  .spanNulls(false)
  .axisSoftMin(0)
  .thresholdsStyle(new common.GraphThresholdsStyleConfigBuilder()
    .mode(what.norm ? common.GraphThresholdsStyleMode.Dashed : common.GraphThresholdsStyleMode.Off))
  .legend(legend(['lastNotNull', 'max']))
  .tooltip(new common.VizTooltipOptionsBuilder().mode(common.TooltipDisplayMode.Multi).sort(common.SortOrder.Descending));

/** Counts over time, on top of each other. */
export const bars = (what: About): TimeSeries => lines(what)
  .drawStyle(common.GraphDrawStyle.Bars)
  .fillOpacity(80)
  .stacking(new common.StackingConfigBuilder().mode(common.StackingMode.Normal))
  .legend(legend(['sum']));

/** Single points over time. */
export const points = (what: About): TimeSeries => lines(what)
  .drawStyle(common.GraphDrawStyle.Points)
  .pointSize(5);

/** One bar for each row: a name, and numbers. */
export const ranking = (what: About): BarGauge => about(new BarGauge(), what)
  .orientation(common.VizOrientation.Horizontal)
  .displayMode(common.BarGaugeDisplayMode.Basic)
  .valueMode(common.BarGaugeValueMode.Text)
  .min(0)
  .reduceOptions(new common.ReduceDataOptionsBuilder().values(true).calcs([]).limit(25));

/** One group of bars for each row. */
export const chart = (what: About): BarChart => about(new BarChart(), what)
  .orientation(common.VizOrientation.Horizontal)
  .showValue(common.VisibilityMode.Auto)
  .legend(new common.VizLegendOptionsBuilder().displayMode(common.LegendDisplayMode.List).placement(common.LegendPlacement.Bottom)
    .showLegend(true).calcs([]));

export const rows = (what: About): Table => about(new Table(), what)
  .cellHeight(common.TableCellHeight.Sm)
  .filterable(true);

/** Colours a column of words. */
export const colours = (colors: Record<string, string>): dashboard.DynamicConfigValue[] => [
  {
    id: 'mappings',
    value: [{ type: 'value', options: Object.fromEntries(Object.entries(colors).map(([text, color], index) => [text, { color, index }])) }],
  },
  { id: 'custom.cellOptions', value: { type: 'color-text' } },
];

/** Fixes the colour of a series. */
export const colour = (color: string): dashboard.DynamicConfigValue[] => [{ id: 'color', value: { mode: 'fixed', fixedColor: color } }];

export const unit = (of: string): dashboard.DynamicConfigValue => ({ id: 'unit', value: of });

/** A link from the values of a column. */
export const link = (title: string, url: string): dashboard.DynamicConfigValue => ({ id: 'links', value: [{ title, url }] });
