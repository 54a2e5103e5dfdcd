-- What questions are answered from: made of events alone, so that it may be emptied and made again. Raise RecordViews.Version with a change here.
-- Times are ticks, a score is its place in the order of all scores.

-- One row: up to where all that follows is folded, and by which version of the views.
CREATE TABLE IF NOT EXISTS view_positions (
    one boolean PRIMARY KEY DEFAULT true CHECK (one), version integer NOT NULL, next_position bigint NOT NULL);

-- Rows that change in place need room for it beside them, and no index on what changes.
CREATE TABLE IF NOT EXISTS view_rows (
    view text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL, data text NOT NULL, PRIMARY KEY (view, key)) WITH (fillfactor = 70);

CREATE TABLE IF NOT EXISTS event_index (
    position bigint PRIMARY KEY, time bigint NOT NULL, type text COLLATE "C" NOT NULL, incident text COLLATE "C", device text COLLATE "C",
    ward text COLLATE "C", score bigint NOT NULL, features text[] COLLATE "C");
CREATE INDEX IF NOT EXISTS event_index_by_time ON event_index (time);
CREATE INDEX IF NOT EXISTS event_index_by_device ON event_index (device, time) WHERE device IS NOT NULL;
CREATE INDEX IF NOT EXISTS event_index_by_ward ON event_index (ward, time) WHERE ward IS NOT NULL;
CREATE INDEX IF NOT EXISTS event_index_by_type ON event_index (type, time);
CREATE INDEX IF NOT EXISTS event_index_by_incident ON event_index (incident) WHERE incident IS NOT NULL;
CREATE INDEX IF NOT EXISTS event_index_by_score ON event_index (score);
CREATE INDEX IF NOT EXISTS event_index_by_feature ON event_index USING gin (features);

-- Its number is the position of the event that opened it.
CREATE TABLE IF NOT EXISTS incident_index (
    incident text COLLATE "C" PRIMARY KEY, number bigint NOT NULL, open boolean NOT NULL, opened_at bigint NOT NULL, seen_at bigint NOT NULL,
    severity integer NOT NULL, score bigint NOT NULL, device text COLLATE "C" NOT NULL, ward text COLLATE "C" NOT NULL, kind integer NOT NULL,
    class text COLLATE "C", technique text COLLATE "C", disposition integer) WITH (fillfactor = 70);
CREATE INDEX IF NOT EXISTS incident_index_by_time ON incident_index (opened_at, number);
CREATE INDEX IF NOT EXISTS incident_index_open ON incident_index (opened_at, number) WHERE open;
CREATE INDEX IF NOT EXISTS incident_index_by_device ON incident_index (device, opened_at);
CREATE INDEX IF NOT EXISTS incident_index_by_class ON incident_index (class);
CREATE INDEX IF NOT EXISTS incident_index_by_disposition ON incident_index (disposition) WHERE disposition IS NOT NULL;

CREATE TABLE IF NOT EXISTS device_index (
    device text COLLATE "C" PRIMARY KEY, ward text COLLATE "C" NOT NULL, words text COLLATE "C" NOT NULL);

CREATE TABLE IF NOT EXISTS notification_index (
    notification text COLLATE "C" PRIMARY KEY, requested_at bigint NOT NULL, state integer NOT NULL);
CREATE INDEX IF NOT EXISTS notification_index_by_time ON notification_index (requested_at, notification);
CREATE INDEX IF NOT EXISTS notification_index_by_state ON notification_index (state, requested_at, notification);

-- Sums per hour of traffic time.
CREATE TABLE IF NOT EXISTS device_hours (
    hour bigint NOT NULL, device text COLLATE "C" NOT NULL, ward text COLLATE "C" NOT NULL, incidents bigint NOT NULL, segments bigint NOT NULL,
    PRIMARY KEY (hour, device)) WITH (fillfactor = 70);
-- No class stands for what nothing could name.
CREATE TABLE IF NOT EXISTS class_hours (
    hour bigint NOT NULL, class text COLLATE "C", technique text COLLATE "C", segments bigint NOT NULL,
    UNIQUE NULLS NOT DISTINCT (hour, class)) WITH (fillfactor = 70);
