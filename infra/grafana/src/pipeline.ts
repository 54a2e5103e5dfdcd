import { build } from './dashboards.js';
import { bars, lines, orange, red, rows, stat, unit, yellow } from './panels.js';
import { influx, overTime, table, within } from './queries.js';

const from = (fields: string, group = ''): string => `SELECT ${fields} FROM "pipeline" WHERE $timeFilter${group}`;
const overPartitions = ' GROUP BY time($__interval), "partition" fill(none)';
const inAll = ' GROUP BY time($__interval) fill(none)';

/** Of all partitions together, records a second. */
const speed = (offset: string): string => `
  SELECT sum("rate") FROM (SELECT non_negative_derivative(last("${offset}"), 1s) AS "rate" FROM "lag"
  WHERE $timeFilter GROUP BY time($__interval), "partition" fill(none)) WHERE $timeFilter GROUP BY time($__interval) fill(none)`;

const waiting = stat({
  title: 'Lag',
  description: `Records that wait in all partitions, when the audit looked last (every five minutes). Normal: below a second’s traffic;
    growing means too few instances.`,
  unit: 'short',
  norm: [[1000, yellow], [10000, red]],
  queries: [influx(`
    SELECT sum("l") FROM (SELECT last("records") AS "l" FROM "lag" WHERE $timeFilter GROUP BY "partition") WHERE $timeFilter`, 'records')],
});

const slow = stat({
  title: 'Latency, 95 of 100 batches',
  description: `From a batch’s arrival until it was stored, within the dashboard’s time. Normal: below a second; waiting for the database
    counts.`,
  unit: 's',
  norm: [[1, yellow], [10, red]],
  queries: [influx(from('percentile("seconds", 95)'), '95 %')],
}).decimals(3);

const dead = stat({
  title: 'Dead letters',
  description: 'Records that could not be read and lie in iomt-deadletter. Normal: none; a sender is broken, or makes something up.',
  unit: 'short',
  norm: [[1, orange], [100, red]],
  queries: [influx(from('sum("dead_letters")'), 'records')],
});

const skipped = stat({
  title: 'Records skipped',
  description: 'Records that were passed over and that nobody has scored. Normal: none; each stretch is an incident.',
  unit: 'short',
  norm: [[1, red]],
  queries: [influx(from('sum("gaps")'), 'records')],
});

const head = stat({
  title: 'Events on record',
  description: 'Number of the newest event. It only grows.',
  unit: 'short',
  queries: [table('SELECT max(position) AS "events" FROM panels.events')],
});

const oldest = stat({
  title: 'Partition furthest behind',
  description: `Traffic time up to which the slowest partition is stored. Normal: within a minute of the others; a partition without
    devices stands still.`,
  unit: 'dateTimeFromNow',
  queries: [table('SELECT extract(epoch FROM min(traffic_at)) * 1000 AS "furthest behind" FROM panels.checkpoints')],
});

const throughput = lines({
  title: 'Segments by partition',
  description: `Segments stored, by traffic time. Normal: the partitions share them; one without any has lost its consumer, or has no
    devices.`,
  unit: 'cps',
  queries: [influx(from('sum("segments") * 1000.0 / $__interval_ms', overPartitions), '$tag_partition')],
}).interval('10s');

const packets = lines({
  title: 'Packets and events',
  description: `Frames that were read, and events that were appended. Normal: events are far fewer; many of them are an attack, or a model
    that does not fit.`,
  unit: 'cps',
  queries: [influx(from(`
    sum("packets") * 1000.0 / $__interval_ms AS "packets", sum("events") * 1000.0 / $__interval_ms AS "events"`, inAll))],
}).interval('10s');

const latency = lines({
  title: 'Latency',
  description: 'From a batch’s arrival until it was stored. Normal: below a second; a plateau at 200 s is a database that was away.',
  unit: 's',
  norm: [[1, yellow], [10, red]],
  queries: [influx(from('median("seconds") AS "half", percentile("seconds", 95) AS "95 %", max("seconds") AS "slowest"', inAll))],
}).interval('10s');

const lag = lines({
  title: 'Lag by partition',
  description: 'Records that the consumer group has not committed, at each look of the audit. Normal: it goes back to nearly nothing.',
  unit: 'short',
  norm: [[1000, yellow], [10000, red]],
  queries: [influx(`
    SELECT last("records") FROM "lag" WHERE $timeFilter GROUP BY time($__interval), "partition" fill(none)`, '$tag_partition')],
}).interval('5m');

const produced = lines({
  title: 'Records produced and committed',
  description: `How fast the partitions’ ends and the committed offsets move. Normal: equal; where more is produced for long, the lag
    grows.`,
  unit: 'cps',
  queries: [
    influx(speed('end'), 'produced'),
    influx(speed('committed'), 'committed'),
  ],
}).interval('5m');

const lost = bars({
  title: 'Dead letters, skipped records, duplicates',
  description: `What was not scored, and events that were there already. Normal: none of the first two; duplicates come when batches are
    brought again.`,
  unit: 'short',
  queries: [influx(from('sum("dead_letters") AS "dead letters", sum("gaps") AS "skipped", sum("duplicates") AS "duplicates"', inAll))],
}).interval('1m');

const batch = lines({
  title: 'Segments in a batch',
  description: `Mean and most. Normal: hundreds under load, few when idle; always the most that host.json allows means that it cannot keep
    up.`,
  unit: 'short',
  queries: [influx(from('mean("segments") AS "mean", max("segments") AS "most"', inAll))],
}).interval('10s');

const events = bars({
  title: 'Events appended by type',
  description: 'The record as it grows, by the time of what it tells of. Normal: mostly anomalies and notifications.',
  unit: 'short',
  queries: [overTime(`
    SELECT $__timeGroupAlias(at, $__interval), type AS metric, count(*) AS value FROM panels.events WHERE ${within('ticks')} GROUP BY 1, 2
    ORDER BY 1`)],
}).interval('5m');

const partitions = rows({
  title: 'Partitions',
  description: 'How far each partition is stored. Normal: all within a minute of each other.',
  unit: 'short',
  queries: [table(`
    SELECT topic, partition, next_offset AS "next offset", traffic_at AS "traffic up to",
    extract(epoch FROM max(traffic_at) OVER () - traffic_at)::double precision AS "seconds behind"
    FROM panels.checkpoints ORDER BY topic, partition`)],
}).overrideByName('traffic up to', [unit('dateTimeAsIso')]).overrideByName('seconds behind', [unit('s')]);

const gaps = rows({
  title: 'Stretches that were skipped',
  description: 'Incidents of the kind SkippedTraffic, newest first, whenever they opened. Normal: none.',
  unit: 'short',
  queries: [table(`
    SELECT opened_at AS "opened", device AS "partition", why, CASE WHEN open THEN 'open' ELSE 'closed' END AS state
    FROM panels.incidents WHERE incident_kind = 'SkippedTraffic' AND ${within('opened_ticks')} ORDER BY opened_ticks DESC LIMIT 100`)],
}).overrideByName('opened', [unit('dateTimeAsIso')]);

export const pipeline = build({
  uid: 'iomtad-pipeline',
  title: 'IoMTAD: pipeline health',
  description: 'Whether traffic is read, scored and stored in time, and all of it.',
  from: 'now-3h',
  refresh: '30s',
  variables: [],
  rows: [
    [4, [4, waiting], [4, slow], [4, dead], [4, skipped], [4, oldest], [4, head]],
    [8, [12, throughput], [12, packets]],
    [8, [12, latency], [12, batch]],
    [8, [12, lag], [12, produced]],
    [8, [12, lost], [12, events]],
    [8, [10, partitions], [14, gaps]],
  ],
});
