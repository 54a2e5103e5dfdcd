import { build } from './dashboards.js';
import { bars, colours, green, grey, lines, name, orange, points, red, rows, stat, unit, yellow } from './panels.js';
import { inKind, inTime, inWard, influx, overTime, table, within } from './queries.js';

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
    SELECT extract(epoch FROM at) * 1000 AS "since" FROM panels.model_changes WHERE type IN ('ModelPromoted', 'ModelRolledBack') ORDER BY ticks DESC LIMIT 1`)],
});

const threshold = stat({
  title: 'Threshold',
  description: 'That flagged traffic was last held against. A score is −log₁₀ of the share of benign traffic at least as strange: 2 is one in a hundred.',
  unit: 'short',
  queries: [influx(`SELECT last("threshold") FROM "session" WHERE ${inTime} AND ${inWard} AND ${inKind}`, 'threshold')],
}).decimals(2);

const share = stat({
  title: 'Traffic above the threshold',
  description: 'Share of strange segments within the dashboard’s time. Normal: near the false alarm rate that was asked for at training; ten times that is an attack, or drift.',
  unit: 'percentunit',
  norm: [[0.01, yellow], [0.1, red]],
  queries: [influx(`SELECT sum("strange") / sum("segments") FROM "device" WHERE ${inTime} AND ${inWard} AND ${inKind}`, 'strange')],
}).decimals(3);

const scores = lines({
  title: 'Scores against the threshold',
  description: 'Of all devices’ ten seconds the highest scores, by percentile, and the threshold of flagged traffic. Normal: the 95th stays well below it.',
  unit: 'short',
  queries: [
    influx(`SELECT percentile("score_highest", 50) AS "half", percentile("score_highest", 95) AS "95 %", percentile("score_highest", 99) AS "99 %", mean("score_mean") AS "mean of all" FROM "device" WHERE ${inTime} AND ${inWard} AND ${inKind} GROUP BY time($__interval) fill(none)`),
    influx(`SELECT max("threshold") AS "threshold" FROM "session" WHERE ${inTime} AND ${inWard} AND ${inKind} GROUP BY time($__interval) fill(none)`),
  ],
}).interval('1m').decimals(2).overrideByName('threshold', [{ id: 'color', value: { mode: 'fixed', fixedColor: red } }, { id: 'custom.lineStyle', value: { fill: 'dash' } }]);

const byKind = lines({
  title: 'Mean score by device kind',
  description: 'Normal: steady. A kind whose mean rises by itself talks differently from what the model has learned: an update, or drift.',
  unit: 'short',
  queries: [influx(`SELECT mean("score_mean") FROM "device" WHERE ${inTime} AND ${inWard} AND ${inKind} GROUP BY time($__interval), "kind" fill(none)`, '$tag_kind')],
}).interval('10m').decimals(2);

const strange = lines({
  title: 'Share above the threshold by device kind',
  description: 'Normal: near the false alarm rate that was asked for. A step at a promotion is the new model’s doing.',
  unit: 'percentunit',
  norm: [[0.01, yellow], [0.1, red]],
  queries: [influx(`SELECT sum("strange") / sum("segments") FROM "device" WHERE ${inTime} AND ${inWard} AND ${inKind} GROUP BY time($__interval), "kind" fill(none)`, '$tag_kind')],
}).interval('10m');

const figures = points({
  title: 'What the versions were worth',
  description: 'On held-back data, when each was promoted or rejected: area under the curve, recall at 1 % false alarms, F1 of the classifier. Normal: rising.',
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
    SELECT at AS "time", model AS metric, threshold AS value FROM panels.model_changes WHERE type = 'ThresholdTuned' AND ${within('ticks')} ORDER BY ticks`)],
}).decimals(2).pointSize(8);

const verdicts = bars({
  title: 'What people made of incidents',
  description: 'Closed incidents by the day on which they opened. Normal: false alarms are the smaller part; they are what a new model is judged by.',
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
  .overrideByName('what', colours({ ModelPromoted: green, ModelRolledBack: orange, ModelRejected: yellow, ThresholdTuned: grey, ModelTrained: grey }));

export const models = build({
  uid: 'iomtad-models',
  title: 'IoMTAD: models and thresholds',
  description: 'Whether the model fits the traffic, and which it was when. Vertical lines are promotions and roll-backs.',
  from: 'now-7d',
  refresh: '5m',
  variables: ['ward', 'kind'],
  rows: [
    [4, [8, inUse], [5, since], [5, threshold], [6, share]],
    [10, [24, scores]],
    [8, [12, byKind], [12, strange]],
    [8, [8, figures], [8, thresholds], [8, verdicts]],
    [10, [24, history]],
  ],
});
