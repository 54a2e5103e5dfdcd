import { build } from './dashboards.js';
import { bars, chart, colours, green, grey, lines, name, orange, points, red, rows, stat, unit, yellow } from './panels.js';
import { inKind, inTime, inWard, influx, overTime, table, within, withinHours } from './queries.js';

const inAll = `${inTime} AND ${inWard} AND ${inKind}`;
const dashed = [{ id: 'color', value: { mode: 'fixed', fixedColor: red } }, { id: 'custom.lineStyle', value: { fill: 'dash' } }];

const inUse = name({
  title: 'Model in use',
  description: 'Version that scores now, by model. Normal: that of the last training run that was better.',
  unit: 'none',
  queries: [table('SELECT version FROM panels.models WHERE version IS NOT NULL ORDER BY model LIMIT 1')],
});

const since = stat({
  title: 'In use since',
  description: 'When the model in use last changed. Normal: weeks; hospitals change slowly.',
  unit: 'dateTimeFromNow',
  queries: [table(`
    SELECT extract(epoch FROM at) * 1000 AS "since" FROM panels.model_changes WHERE type IN ('ModelPromoted', 'ModelRolledBack') ORDER BY
    ticks DESC LIMIT 1`)],
});

const threshold = stat({
  title: 'Threshold',
  description: `That flagged traffic was last held against. A score is −log₁₀ of the share of benign traffic at least as strange: 2 is one
    in a hundred.`,
  unit: 'short',
  queries: [influx(`SELECT last("threshold") FROM "session" WHERE ${inAll}`, 'threshold')],
}).decimals(2);

const share = stat({
  title: 'Traffic above the threshold',
  description: `Share of strange segments within the dashboard’s time. Normal: near the false alarm rate that was asked for at training;
    ten times that is an attack, or drift.`,
  unit: 'percentunit',
  norm: [[0.01, yellow], [0.1, red]],
  queries: [influx(`SELECT sum("strange") / sum("segments") FROM "device" WHERE ${inAll}`, 'strange')],
}).decimals(3);

const scores = lines({
  title: 'Highest scores against the threshold',
  description: `Of all devices’ ten seconds the highest scores, by percentile, and the threshold of flagged traffic. Normal: the 95th
    stays well below it.`,
  unit: 'short',
  queries: [
    influx(`
      SELECT percentile("score_highest", 50) AS "half", percentile("score_highest", 95) AS "95 %",
      percentile("score_highest", 99) AS "99 %", mean("score_mean") AS "mean of all" FROM "device" WHERE ${inAll} GROUP BY time($__interval) fill(none)`),
    influx(`SELECT max("threshold") AS "threshold" FROM "session" WHERE ${inAll} GROUP BY time($__interval) fill(none)`),
  ],
}).interval('1m').decimals(2).overrideByName('threshold', dashed);

const promoted = "(SELECT version FROM panels.model_changes WHERE type IN ('ModelPromoted', 'ModelRolledBack'))";
const inHours = `version IN ${promoted} AND ${withinHours}`;

const hourly = lines({
  title: 'Scores of all traffic by the hour, against the threshold',
  description: `Percentiles of all segments that were scored, to a tenth, and the threshold that the version was tuned to. Normal: half is
    at 0.3, 95 % at 1.3, 99 % at 2; far off is drift.`,
  unit: 'short',
  queries: [overTime(`
    WITH counted AS (SELECT at, bin, sum(segments) AS n FROM panels.score_hours WHERE ${inHours} GROUP BY at, bin),
    summed AS (SELECT at, bin, sum(n) OVER (PARTITION BY at ORDER BY bin) AS up_to, sum(n) OVER (PARTITION BY at) AS total FROM counted)
    SELECT at AS "time", (min(bin) FILTER (WHERE up_to >= 0.5 * total) + 1) / 10.0 AS "half", (min(bin) FILTER (WHERE up_to >= 0.95 *
    total) + 1) / 10.0 AS "95 %",
    (min(bin) FILTER (WHERE up_to >= 0.99 * total) + 1) / 10.0 AS "99 %"
    FROM summed GROUP BY at ORDER BY at`), overTime(`
    SELECT s.at AS "time", max(t.threshold) AS "threshold" FROM panels.score_hours AS s
    JOIN (SELECT DISTINCT ON (version) version, threshold FROM panels.model_changes WHERE type = 'ThresholdTuned' ORDER BY version, ticks
    DESC) AS t USING (version)
    WHERE ${inHours} GROUP BY s.at ORDER BY s.at`)],
}).interval('1h').decimals(1).overrideByName('threshold', dashed);

// By what a score says of itself, 10^-s of benign traffic scores s or more: no reference is needed.
const bins = `
    bins (low, high, expected) AS (
    SELECT low, high, power(10, -low / 10.0) - CASE WHEN high = 61 THEN 0 ELSE power(10, -high / 10.0) END
    FROM (VALUES (0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 7), (7, 10), (10, 15), (15, 20), (20, 61)) AS edges (low, high))`;

const drift = lines({
  title: 'Drift',
  description: `Population stability index of each day’s traffic that was not strange, against what its scores say of themselves. Normal:
    below 0.1; above 0.25 traffic is no longer what the model learned. Exactly, by the model’s own held-out scores: iomtad models drift.
    Days with less than 1,000 segments are left out.`,
  unit: 'short',
  norm: [[0.1, yellow], [0.25, red]],
  queries: [overTime(`
    WITH ${bins},
    counted AS (SELECT hour / 24 AS day, bin, sum(segments - strange) AS n FROM panels.score_hours WHERE ${inHours} GROUP BY 1, 2),
    shares AS (
    SELECT day, expected, sum(n) AS total, (COALESCE(sum(n) FILTER (WHERE bin >= low AND bin < high), 0) + 0.5) / (sum(n) + 5) AS share
    FROM counted CROSS JOIN bins GROUP BY day, low, high, expected)
    SELECT panels.moment(day * 864000000000) AS "time", sum((share - expected) * ln(share / expected))::double precision AS "drift"
    FROM shares WHERE total >= 1000 GROUP BY day ORDER BY day`)],
}).interval('1d').decimals(3).spanNulls(true);

const meaning = chart({
  title: 'Scores and what they say of themselves',
  description: `Share of the traffic that was not strange in each span of scores, and the share that the scores promise. Normal: alike;
    more on the right is drift, or an attack below the threshold.`,
  unit: 'percentunit',
  queries: [table(`
    WITH ${bins},
    counted AS (SELECT bin, sum(segments - strange) AS n FROM panels.score_hours WHERE ${inHours} GROUP BY bin)
    SELECT CASE WHEN high = 61 THEN 'from 2.0' ELSE to_char(low / 10.0, 'FM0.0') || ' to ' || to_char(high / 10.0, 'FM0.0') END AS scores,
    (COALESCE(sum(n) FILTER (WHERE bin >= low AND bin < high), 0) / NULLIF(sum(n), 0))::double precision AS "traffic", expected::double
    precision AS "promised"
    FROM counted CROSS JOIN bins GROUP BY low, high, expected ORDER BY low`)],
}).xField('scores').decimals(2);

const byKind = lines({
  title: 'Mean score by device kind',
  description: 'Normal: steady. A kind whose mean rises by itself talks differently from what the model has learned: an update, or drift.',
  unit: 'short',
  queries: [influx(`SELECT mean("score_mean") FROM "device" WHERE ${inAll} GROUP BY time($__interval), "kind" fill(none)`, '$tag_kind')],
}).interval('10m').decimals(2);

const strange = lines({
  title: 'Share above the threshold by device kind',
  description: 'Normal: near the false alarm rate that was asked for. A step at a promotion is the new model’s doing.',
  unit: 'percentunit',
  norm: [[0.01, yellow], [0.1, red]],
  queries: [influx(`SELECT sum("strange") / sum("segments") FROM "device" WHERE ${inAll} GROUP BY time($__interval), "kind" fill(none)`,
    '$tag_kind')],
}).interval('10m');

const figures = points({
  title: 'What the versions were worth',
  description: `On held-back data, when each was promoted or rejected: area under the curve, recall at 1 % false alarms, F1 of the
    classifier. Normal: rising.`,
  unit: 'percentunit',
  queries: [overTime(`
    SELECT at AS "time", auc AS "AUC", recall AS "recall at 1 %", f1 AS "F1" FROM panels.model_changes
    WHERE type IN ('ModelPromoted', 'ModelRejected') AND auc IS NOT NULL AND ${within('ticks')} ORDER BY ticks`)],
}).max(1).pointSize(8);

const thresholds = points({
  title: 'Thresholds tuned',
  description: 'The threshold of each version that was trained. Normal: close together; a jump says that the data has changed.',
  unit: 'short',
  queries: [overTime(`
    SELECT at AS "time", model AS metric, threshold AS value FROM panels.model_changes WHERE type = 'ThresholdTuned' AND
    ${within('ticks')} ORDER BY ticks`)],
}).decimals(2).pointSize(8);

const verdicts = bars({
  title: 'What people made of incidents',
  description: `Closed incidents by the day on which they opened. Normal: false alarms are the smaller part; they are what a new model is
    judged by.`,
  unit: 'short',
  queries: [overTime(`
    SELECT $__timeGroupAlias(opened_at, '1d'), disposition AS metric, count(*) AS value FROM panels.incidents
    WHERE disposition IS NOT NULL AND ward IN (\${ward:sqlstring}) AND ${within('opened_ticks')} GROUP BY 1, 2 ORDER BY 1`)],
}).interval('1d');

const history = rows({
  title: 'History',
  description: 'What was trained, tuned, promoted, rejected and rolled back, newest first, whenever it was. Why stands in the record.',
  unit: 'short',
  queries: [table(`
    SELECT at AS "when", model, version, type AS what, earlier AS "instead of", threshold, false_alarm_rate AS "false alarms", auc AS "AUC",
    recall AS "recall at 1 %", f1 AS "F1"
    FROM panels.model_changes ORDER BY ticks DESC, position DESC LIMIT 200`)],
})
  .overrideByName('when', [unit('dateTimeAsIso')])
  .overrideByName('false alarms', [unit('percentunit')])
  .overrideByName('what', colours({
    ModelPromoted: green, ModelRolledBack: orange, ModelRejected: yellow, ThresholdTuned: grey, ModelTrained: grey,
  }));

export const models = build({
  uid: 'iomtad-models',
  title: 'IoMTAD: models and thresholds',
  description: 'Whether the model fits the traffic, and which it was when. Vertical lines are promotions and roll-backs.',
  from: 'now-7d',
  refresh: '5m',
  variables: ['ward', 'kind'],
  rows: [
    [4, [8, inUse], [5, since], [5, threshold], [6, share]],
    [10, [12, scores], [12, hourly]],
    [9, [12, drift], [12, meaning]],
    [8, [12, byKind], [12, strange]],
    [8, [8, figures], [8, thresholds], [8, verdicts]],
    [10, [24, history]],
  ],
});
