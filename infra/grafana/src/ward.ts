import { build } from './dashboards.js';
import { bars, blue, colour, colours, green, lines, link, orange, ranking, red, rows, severities, stat, unit, yellow } from './panels.js';
import { inAll, influx, ofAll, overTime, table, within, withinHours } from './queries.js';

const anomaliesOf = '/d/iomtad-anomalies?var-device=${__value.raw:percentencode}&${__url_time_range}';

// The time is asked of each row rather than of the view: few rows seem to have it, and the planner would compare each device with all.
const heard = stat({
  title: 'Devices heard',
  description: 'Devices of which traffic was processed within the dashboard’s time. Normal: all that are switched on.',
  unit: 'short',
  queries: [table(`
    SELECT count(*) FILTER (WHERE heard_ns BETWEEN $__unixEpochNanoFrom() AND $__unixEpochNanoTo()) AS "heard" FROM panels.devices WHERE
    ${ofAll}`)],
});

const silent = stat({
  title: 'Devices silent',
  description: `Devices that have stopped talking for longer than their own habit allows, now. Normal: none, or those that were switched
    off.`,
  unit: 'short',
  norm: [[1, orange]],
  queries: [table(`SELECT count(*) AS "silent" FROM panels.devices WHERE silent AND ${ofAll}`)],
});

const open = Object.entries(severities).reduce((panel, [name, color]) => panel.overrideByName(name, colour(color)), stat({
  title: 'Open incidents by severity',
  description: 'Incidents that nobody has closed, whenever they opened. Normal: none that is critical, and none that nobody looks at.',
  unit: 'short',
  queries: [table(`
    SELECT ${Object.keys(severities).map((s) => `count(*) FILTER (WHERE severity = '${s}') AS "${s}"`).join(', ')}
    FROM panels.incidents WHERE open AND ${ofAll}`)],
}));

const newest = stat({
  title: 'Newest traffic',
  description: 'How old the newest traffic is that was processed, by its own time. Normal: seconds; much more where a recording is played.',
  unit: 'dateTimeFromNow',
  queries: [table('SELECT extract(epoch FROM max(traffic_at)) * 1000 AS "newest" FROM panels.checkpoints')],
});

const talking = lines({
  title: 'Devices talking',
  description: 'How many devices talked, by kind. Normal: a steady number; a step down is a device or a network that is gone.',
  unit: 'short',
  queries: [influx(`
    SELECT count("s") FROM (SELECT sum("segments") AS "s" FROM "device" WHERE ${inAll} GROUP BY time($__interval), "kind", "device"
    fill(none))
    WHERE $timeFilter GROUP BY time($__interval), "kind" fill(none)`, '$tag_kind')],
}).interval('1m');

const bytes = lines({
  title: 'Traffic by device kind',
  description: 'Bytes in frames from and to the devices, by kind. Normal: each kind has its own steady rate, with the rhythm of the day.',
  unit: 'Bps',
  queries: [influx(`SELECT sum("bytes") * 1000.0 / $__interval_ms FROM "device" WHERE ${inAll} GROUP BY time($__interval), "kind"
    fill(none)`, '$tag_kind')],
}).interval('10s');

const packets = lines({
  title: 'Packets by ward',
  description: 'Frames from and to the devices of a ward. Normal: steady; a peak of many times the usual is a flood, or a large update.',
  unit: 'pps',
  queries: [influx(`SELECT sum("packets") * 1000.0 / $__interval_ms FROM "device" WHERE ${inAll} GROUP BY time($__interval), "ward"
    fill(none)`, '$tag_ward')],
}).interval('10s');

const strange = lines({
  title: 'Share of strange traffic by ward',
  description: `Segments above the threshold among all that were scored. Normal: below one in a hundred; the model’s false alarm rate is
    chosen at training.`,
  unit: 'percentunit',
  norm: [[0.01, yellow], [0.1, red]],
  queries: [influx(`SELECT sum("strange") / sum("segments") FROM "device" WHERE ${inAll} GROUP BY time($__interval), "ward" fill(none)`,
    '$tag_ward')],
}).interval('1m');

const opened = Object.entries(severities).reduce((panel, [name, color]) => panel.overrideByName(name, colour(color)), bars({
  title: 'Incidents opened',
  description: 'Incidents by the severity that they have now, at the time when they opened. Normal: few, and not many at once.',
  unit: 'short',
  queries: [overTime(`
    SELECT $__timeGroupAlias(opened_at, $__interval), severity AS metric, count(*) AS value
    FROM panels.incidents WHERE ${within('opened_ticks')} AND ${ofAll} GROUP BY 1, 2 ORDER BY 1`)],
}).interval('5m'));

const hottest = ranking({
  title: 'Hottest devices',
  description: 'Devices with most strange segments within the dashboard’s time, by whole hours. Normal: none stands out for long.',
  unit: 'short',
  norm: [[10, yellow], [100, orange], [1000, red]],
  queries: [table(`
    SELECT device, strange AS "strange segments" FROM (
    SELECT device, sum(segments) AS strange FROM panels.device_hours
    WHERE ${withinHours} GROUP BY device) AS hot
    JOIN panels.devices USING (device)
    WHERE strange > 0 AND ${ofAll} ORDER BY strange DESC, device LIMIT 10`)],
}).overrideByName('device', [link('Anomalies of this device', anomaliesOf)]);

const devices = rows({
  title: 'Devices',
  description: 'All devices that were ever heard, the worst first, a thousand at most. Normal: heard lately, not silent, no open incident.',
  unit: 'short',
  queries: [table(`
    SELECT ward, device, kind, CASE WHEN silent THEN 'silent' WHEN open_incidents > 0 THEN 'strange' ELSE 'normal' END AS state, worst,
    open_incidents AS "open", incidents AS "all incidents", heard_at AS "last heard", silence_limit_seconds AS "may be silent for",
    discovered_at AS "first heard"
    FROM panels.devices WHERE ${ofAll} ORDER BY worst_rank DESC NULLS LAST, silent DESC, device LIMIT 1000`)],
})
  .overrideByName('device', [link('Anomalies of this device', anomaliesOf)])
  .overrideByName('state', colours({ silent: orange, strange: red, normal: green }))
  .overrideByName('worst', colours(severities))
  .overrideByName('last heard', [unit('dateTimeFromNow')])
  .overrideByName('first heard', [unit('dateTimeAsIso')])
  .overrideByName('may be silent for', [unit('s')])
  .overrideByName('open', colour(blue));

export const ward = build({
  uid: 'iomtad-ward',
  title: 'IoMTAD: ward health',
  description: 'How the devices are: who talks, who is silent, where incidents are open.',
  from: 'now-6h',
  refresh: '30s',
  variables: ['ward', 'kind', 'device'],
  rows: [
    [4, [4, heard], [4, silent], [12, open], [4, newest]],
    [8, [12, talking], [12, bytes]],
    [8, [12, packets], [12, strange]],
    [9, [14, opened], [10, hottest]],
    [14, [24, devices]],
  ],
});
