import { build } from './dashboards.js';
import { bars, chart, colours, grey, green, link, orange, points, ranking, red, rows, severities, stat, unit, yellow } from './panels.js';
import { inAll, influx, ofAll, ofDevice, ofWard, overTime, table, within, withinHours } from './queries.js';

const inRange = within('opened_ticks');

const opened = stat({
  title: 'Incidents opened',
  description: 'Within the dashboard’s time. Normal: as many as people can look at.',
  unit: 'short',
  queries: [table(`SELECT count(*) AS "opened" FROM panels.incidents WHERE ${inRange} AND ${ofAll}`)],
});

const affected = stat({
  title: 'Devices affected',
  description: `Devices of which an incident opened within the dashboard’s time. Many at once are an attack on the network, or a change of
    it.`,
  unit: 'short',
  norm: [[5, yellow], [20, orange]],
  queries: [table(`SELECT count(DISTINCT device) AS "devices" FROM panels.incidents WHERE ${inRange} AND ${ofAll}`)],
});

const unseen = stat({
  title: 'Nobody has looked at',
  description: `Open incidents that opened within the dashboard’s time and that nobody has acknowledged. Normal: none that is older than
    some minutes.`,
  unit: 'short',
  norm: [[1, yellow], [10, red]],
  queries: [table(`SELECT count(*) AS "waiting" FROM panels.incidents WHERE ${inRange} AND open AND NOT acknowledged AND ${ofAll}`)],
});

const falseAlarms = stat({
  title: 'False alarms among closed',
  description: `Share of the incidents of this time that people have closed as false alarms. Normal: below a third; above, the threshold
    is too low, or traffic has changed.`,
  unit: 'percentunit',
  norm: [[0.34, yellow], [0.67, red]],
  queries: [table(`
    SELECT avg((disposition = 'FalseAlarm')::integer) AS "false alarms"
    FROM panels.incidents WHERE ${inRange} AND disposition IS NOT NULL AND ${ofAll}`)],
});

const byClass = bars({
  title: 'Strange segments by suspected class',
  description: `What the classifier or the rules take strange traffic for; "none" is what nothing could name. Normal: little, and no class
    for long.`,
  unit: 'short',
  queries: [influx(`SELECT sum("segments") FROM "session" WHERE ${inAll} GROUP BY time($__interval), "class" fill(none)`, '$tag_class')],
}).interval('1m');

const byTechnique = bars({
  title: 'Strange segments by MITRE ATT&CK technique',
  description: `The same by technique, in whole hours, of all wards. Normal: none for long; T0814 is denial of service, T0846 discovery of
    the network.`,
  unit: 'short',
  queries: [overTime(`
    SELECT at AS "time", COALESCE(technique, 'none') AS metric, sum(segments) AS value FROM panels.class_hours
    WHERE ${withinHours} GROUP BY 1, 2 ORDER BY 1`)],
}).interval('1h');

const byKind = bars({
  title: 'Strange segments by device kind',
  description: 'Normal: as many of each kind as there are devices of it. One kind alone hints at a fault or an attack that is made for it.',
  unit: 'short',
  queries: [influx(`SELECT sum("segments") FROM "session" WHERE ${inAll} GROUP BY time($__interval), "kind" fill(none)`, '$tag_kind')],
}).interval('1m');

const byWard = bars({
  title: 'Strange segments by ward',
  description: 'Normal: no ward stands out. "unknown" are devices that the inventory does not name.',
  unit: 'short',
  queries: [influx(`SELECT sum("segments") FROM "session" WHERE ${inAll} GROUP BY time($__interval), "ward" fill(none)`, '$tag_ward')],
}).interval('1m');

const scores = points({
  title: 'Scores of flagged traffic against the threshold',
  description: `Highest score of what was flagged, and the threshold that it was held against (a kind may have its own). Just above is
    doubtful, far above is not.`,
  unit: 'short',
  queries: [influx(`SELECT max("score") AS "score", max("threshold") AS "threshold" FROM "session" WHERE ${inAll} GROUP BY
    time($__interval) fill(none)`)],
}).interval('10s').decimals(2);

const patterns = chart({
  title: 'Attack patterns',
  description: 'Incidents by suspected class and technique, and how many people confirmed or refused. Normal: few, most of them confirmed.',
  unit: 'short',
  queries: [table(`
    SELECT COALESCE(class, 'unnamed') || COALESCE(' (' || technique || ')', '') AS pattern, count(*) AS "incidents",
    count(*) FILTER (WHERE disposition = 'TrueAttack') AS "attacks", count(*) FILTER (WHERE disposition = 'FalseAlarm') AS "false alarms"
    FROM panels.incidents WHERE ${inRange} AND ${ofAll} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 15`)],
}).xField('pattern');

const top = ranking({
  title: 'Devices with most incidents',
  description: `Within the dashboard’s time. Normal: no device has many; one that has may be broken, attacked, or unlike what the model
    has learned.`,
  unit: 'short',
  norm: [[3, yellow], [10, red]],
  queries: [table(`
    SELECT device, count(*) AS "incidents" FROM panels.incidents WHERE ${inRange} AND ${ofAll} GROUP BY device ORDER BY 2 DESC, 1 LIMIT
    10`)],
});

const features = ranking({
  title: 'What was strange',
  description: `Features that made traffic strange, by how many recorded anomalies name them. Normal: many share the first places; always
    the same one hints at drift.`,
  unit: 'short',
  queries: [table(`
    SELECT feature, count(*) AS "anomalies" FROM panels.events, unnest(features) AS feature
    WHERE type = 'AnomalyObserved' AND ${within('ticks')} AND ${ofWard} AND ${ofDevice} GROUP BY feature ORDER BY 2 DESC, 1 LIMIT 12`)],
});

const last = rows({
  title: 'Last incidents',
  description: 'The newest two hundred within the dashboard’s time, and why each opened, in the host’s own words.',
  unit: 'short',
  queries: [table(`
    SELECT opened_at AS "opened", severity, ward, device, kind, incident_kind AS "what", class, technique, score, segments, why,
    CASE WHEN disposition IS NOT NULL THEN disposition WHEN acknowledged THEN 'acknowledged' ELSE 'open' END AS state, incident
    FROM panels.incidents WHERE ${inRange} AND ${ofAll} ORDER BY opened_ticks DESC, number DESC LIMIT 200`)],
})
  .overrideByName('opened', [unit('dateTimeAsIso')])
  .overrideByName('severity', colours(severities))
  .overrideByName('technique', [link('MITRE ATT&CK', 'https://attack.mitre.org/techniques/${__value.raw}/')])
  .overrideByName('device', [link('Only this device', '/d/iomtad-anomalies?var-device=${__value.raw:percentencode}&${__url_time_range}')])
  .overrideByName('state', colours({
    open: red, acknowledged: yellow, TrueAttack: red, Malfunction: orange, FalseAlarm: grey, Maintenance: green,
  }));

export const anomalies = build({
  uid: 'iomtad-anomalies',
  title: 'IoMTAD: anomalies and attack patterns',
  description: 'What was strange, what it is taken for, and why.',
  from: 'now-24h',
  refresh: '1m',
  variables: ['ward', 'kind', 'device'],
  rows: [
    [4, [6, opened], [6, affected], [6, unseen], [6, falseAlarms]],
    [8, [12, byClass], [12, byTechnique]],
    [8, [12, byKind], [12, byWard]],
    [9, [24, scores]],
    [9, [10, patterns], [7, top], [7, features]],
    [14, [24, last]],
  ],
});
