import type * as cog from '@grafana/grafana-foundation-sdk/cog';

/** The event store in PostgreSQL, by the role of reader.sql. */
export const record = { type: 'grafana-postgresql-datasource', uid: 'iomtad-record' };

/** The time series, by InfluxQL: InfluxDB 1, 2 and 3 answer it. */
export const series = { type: 'influxdb', uid: 'iomtad-series' };

export type Source = typeof record;

/** A query, and whose it is; its letter is given where a panel takes it. */
export interface Query {
  readonly source: Source;
  readonly model: Record<string, unknown>;
}

/** SQL whose columns are shown as they are. */
export const table = (rawSql: string): Query => sql(rawSql, 'table');

/** SQL with a column `time`, perhaps one `metric` of text that names the series, and numbers. */
export const overTime = (rawSql: string): Query => sql(rawSql, 'time_series');

/** InfluxQL; `alias` names a series, by `$tag_NAME` and `$col`. */
export const influx = (query: string, alias = '$col'): Query => ({
  source: series,
  model: { query: oneLine(query), rawQuery: true, resultFormat: 'time_series', alias },
});

export const target = (query: Query, refId: string): cog.Builder<cog.Dataquery> => ({
  build: () => ({ refId, datasource: query.source, ...query.model }) as unknown as cog.Dataquery,
});

/** The rows of a view whose ticks are within the dashboard's time: by the index, as the column of times would not be. */
export const within = (column: string): string => `${column} >= panels.ticks($__timeFrom()) AND ${column} <= panels.ticks($__timeTo())`;

/** The same where rows are of whole hours. */
export const withinHours = 'hour BETWEEN panels.ticks($__timeFrom()) / 36000000000 AND panels.ticks($__timeTo()) / 36000000000';

/** What the variables of a dashboard leave, in SQL. */
export const ofWard = 'ward IN (${ward:sqlstring})';
export const ofKind = 'kind IN (${kind:sqlstring})';
export const ofDevice = 'strpos(lower(device), lower(${device:sqlstring})) > 0';
export const ofAll = `${ofWard} AND ${ofKind} AND ${ofDevice}`;

/** The same, in InfluxQL. */
export const inTime = '$timeFilter';
export const inWard = '"ward" =~ /^${ward:regex}$/';
export const inKind = '"kind" =~ /^${kind:regex}$/';
export const inDevice = '"device" =~ /(?i)${device:regex}/';
export const inAll = `${inTime} AND ${inWard} AND ${inKind} AND ${inDevice}`;

function sql(rawSql: string, format: string): Query {
  return { source: record, model: { rawSql: oneLine(rawSql), format, editorMode: 'code', rawQuery: true } };
}

function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, '\n');
}
