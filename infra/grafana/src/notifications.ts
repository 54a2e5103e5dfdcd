import { build } from './dashboards.js';
import { bars, colour, colours, green, lines, orange, red, rows, stat, unit, yellow } from './panels.js';
import { overTime, table, within } from './queries.js';

const requested = within('requested_ticks');
const states = { Delivered: green, Waiting: yellow, Failed: red };

const delivered = stat({
  title: 'Delivered',
  description: `Messages that were asked for within the dashboard’s time and are delivered. Normal: all; the heartbeat alone gives some a
    day.`,
  unit: 'short',
  queries: [table(`SELECT count(*) AS "delivered" FROM panels.notifications WHERE state = 'Delivered' AND ${requested}`)],
});

const failed = stat({
  title: 'Given up',
  description: `Messages that nobody got, whenever they were asked for. Normal: none. Look at their channel, then send them again: iomtad
    notify resend.`,
  unit: 'short',
  norm: [[1, red]],
  queries: [table('SELECT count(*) AS "given up" FROM panels.notifications WHERE state_rank = 1')],
});

const waiting = stat({
  title: 'Waiting',
  description: 'Messages that are due, in quiet hours, or tried again. Normal: few, and none for long outside quiet hours.',
  unit: 'short',
  norm: [[20, yellow], [200, red]],
  queries: [table('SELECT count(*) AS "waiting" FROM panels.notifications WHERE state_rank = 0')],
});

const oldest = stat({
  title: 'Oldest that waits',
  description: 'Normal: none, or asked for less than a minute ago; hours only in quiet hours.',
  unit: 'dateTimeFromNow',
  queries: [table('SELECT extract(epoch FROM min(waits_since)) * 1000 AS "oldest" FROM panels.channels')],
}).noValue('none waits');

const delay = stat({
  title: 'Time to delivery, half and 95 of 100',
  description: `From the incident’s being recorded to the server’s taking the message, within the dashboard’s time. Normal: below 15 s,
    the time of the schedule.`,
  unit: 's',
  norm: [[60, yellow], [600, red]],
  queries: [table(`
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS "half", percentile_cont(0.95) WITHIN GROUP (ORDER BY seconds) AS "95 %"
    FROM panels.notifications WHERE state = 'Delivered' AND ${requested}`)],
});

const byState = Object.entries(states).reduce((panel, [state, color]) => panel.overrideByName(state, colour(color)), bars({
  title: 'Messages by what became of them',
  description: `By the time when they were asked for. Normal: all delivered; a block of failures is a server that is away, or a key that
    ran out.`,
  unit: 'short',
  queries: [overTime(`
    SELECT $__timeGroupAlias(requested_at, $__interval), state AS metric, count(*) AS value
    FROM panels.notifications WHERE ${requested} GROUP BY 1, 2 ORDER BY 1`)],
}).interval('5m'));

const byChannel = bars({
  title: 'Messages by channel',
  description: 'By the time when they were asked for. Normal: as the routes have it; a channel without any is told nothing.',
  unit: 'short',
  queries: [overTime(`
    SELECT $__timeGroupAlias(requested_at, $__interval), channel AS metric, count(*) AS value
    FROM panels.notifications WHERE ${requested} GROUP BY 1, 2 ORDER BY 1`)],
}).interval('5m');

const delays = lines({
  title: 'Time to delivery by channel',
  description: 'Median, by the time when the messages were asked for. Normal: below 15 s outside quiet hours and digests.',
  unit: 's',
  norm: [[60, yellow], [600, red]],
  queries: [overTime(`
    SELECT $__timeGroupAlias(requested_at, $__interval), channel AS metric, percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS value
    FROM panels.notifications WHERE state = 'Delivered' AND ${requested} GROUP BY 1, 2 ORDER BY 1`)],
}).interval('5m');

const purposes = bars({
  title: 'Messages by purpose',
  description: `Incidents, escalations, fallbacks, recoveries, heartbeats, digests. Normal: few escalations and fallbacks: nobody looked,
    or a channel failed.`,
  unit: 'short',
  queries: [overTime(`
    SELECT $__timeGroupAlias(requested_at, $__interval), purpose AS metric, count(*) AS value
    FROM panels.notifications WHERE ${requested} GROUP BY 1, 2 ORDER BY 1`)],
}).interval('5m');

const channels = rows({
  title: 'Channels',
  description: 'How each channel is that was ever used. Normal: delivered lately, nothing given up, not paused by its server.',
  unit: 'short',
  queries: [table(`
    SELECT channel, waiting, failed AS "given up", waits_since AS "oldest waits since", delivered_at AS "last delivered", failed_at AS
    "last failed",
    CASE WHEN paused_until > now() THEN paused_until END AS "paused until"
    FROM panels.channels ORDER BY failed DESC, waiting DESC, channel`)],
})
  .overrideByRegexp('/last|since|until/', [unit('dateTimeFromNow')])
  .overrideByName('given up', colour(orange));

const troubled = rows({
  title: 'Messages that are not delivered',
  description: 'Given up or waiting, the newest first. What the server said stands in the record: iomtad notify list --failed.',
  unit: 'short',
  queries: [table(`
    SELECT requested_at AS "asked for", state, channel, purpose, severity, device, incident, attempts
    FROM panels.notifications WHERE state_rank IN (0, 1) ORDER BY requested_ticks DESC LIMIT 200`)],
})
  .overrideByName('asked for', [unit('dateTimeAsIso')])
  .overrideByName('state', colours(states));

export const notifications = build({
  uid: 'iomtad-notifications',
  title: 'IoMTAD: notification health',
  description: 'Whether people hear of what happens, and how soon. Times are the host’s.',
  from: 'now-24h',
  refresh: '1m',
  variables: [],
  rows: [
    [4, [4, delivered], [4, failed], [4, waiting], [5, oldest], [7, delay]],
    [8, [12, byState], [12, byChannel]],
    [8, [12, delays], [12, purposes]],
    [8, [24, channels]],
    [10, [24, troubled]],
  ],
});
