-- Tables of the record beside Marten's, in the schema that the search path names. Run again, it changes nothing.

CREATE UNIQUE INDEX IF NOT EXISTS events_by_position ON mt_events (((data ->> 'position')::bigint));
CREATE UNIQUE INDEX IF NOT EXISTS events_by_time ON mt_events (((data ->> 'occurredTicks')::bigint), ((data ->> 'position')::bigint));

-- Ids of all events: whether one is a repeat is decided in the transaction that appends it.
CREATE TABLE IF NOT EXISTS inbox (id text COLLATE "C" PRIMARY KEY);

-- Times are ticks of 100 ns, as they are hashed.
CREATE TABLE IF NOT EXISTS seals (
    number bigint PRIMARY KEY, first bigint NOT NULL, last bigint NOT NULL, recorded_at bigint, evidence text NOT NULL, hash text NOT NULL);

CREATE TABLE IF NOT EXISTS evidence (
    topic text COLLATE "C" NOT NULL, partition integer NOT NULL, "offset" bigint NOT NULL, device text NOT NULL, content text NOT NULL,
    recorded_ns bigint NOT NULL, value bytea NOT NULL, sha256 text NOT NULL, PRIMARY KEY (topic, partition, "offset"));
CREATE TABLE IF NOT EXISTS expired (
    topic text COLLATE "C" NOT NULL, partition integer NOT NULL, "offset" bigint NOT NULL, PRIMARY KEY (topic, partition, "offset"));

-- A text is UTF-8: people may write characters that the type text refuses.
CREATE TABLE IF NOT EXISTS texts (digest text COLLATE "C" PRIMARY KEY, salt text NOT NULL, text bytea NOT NULL);

CREATE TABLE IF NOT EXISTS checkpoints (
    topic text COLLATE "C" NOT NULL, partition integer NOT NULL, next_offset bigint NOT NULL, clock bigint, PRIMARY KEY (topic, partition));
CREATE TABLE IF NOT EXISTS watches (
    topic text COLLATE "C" NOT NULL, partition integer NOT NULL, address text COLLATE "C" NOT NULL, data text NOT NULL,
    PRIMARY KEY (topic, partition, address));
-- How each version of a model has scored: segments by hour of traffic time and bin of a tenth.
CREATE TABLE IF NOT EXISTS score_hours (
    model text COLLATE "C" NOT NULL, hour bigint NOT NULL, bin integer NOT NULL, segments bigint NOT NULL, strange bigint NOT NULL,
    PRIMARY KEY (model, hour, bin)) WITH (fillfactor = 70);

-- Append-only is the database's own rule: not even a bug of ours, or the owner's slip, can change an event.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: no %', TG_TABLE_NAME, TG_OP;
END $$;

-- What has no seal yet was appended by the transaction that goes on: only what an event of it names may go.
CREATE OR REPLACE FUNCTION refuse_unrecorded_removal() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    named text;
    wanted text;
BEGIN
    IF TG_TABLE_NAME = 'evidence' THEN
        named := OLD.sha256; wanted := 'EvidenceExpired';
    ELSE
        named := OLD.digest; wanted := 'TextErased';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM mt_events
        WHERE (data ->> 'position')::bigint > (SELECT COALESCE(MAX(last), 0) FROM seals) AND type = wanted AND strpos(data ->> 'text', named) > 0)
    THEN
        RAISE EXCEPTION '% is append-only: a row goes with the % that names it alone', TG_TABLE_NAME, wanted;
    END IF;
    RETURN OLD;
END $$;

CREATE OR REPLACE TRIGGER never_changes BEFORE UPDATE OR DELETE OR TRUNCATE ON mt_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE TRIGGER never_changes BEFORE UPDATE OR DELETE OR TRUNCATE ON seals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE TRIGGER never_changes BEFORE UPDATE OR DELETE OR TRUNCATE ON inbox FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE TRIGGER never_changes BEFORE UPDATE OR DELETE OR TRUNCATE ON expired FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE TRIGGER never_changes BEFORE UPDATE OR TRUNCATE ON evidence FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE TRIGGER never_changes BEFORE UPDATE OR TRUNCATE ON texts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE TRIGGER goes_on_record BEFORE DELETE ON evidence
    FOR EACH ROW EXECUTE FUNCTION refuse_unrecorded_removal();
CREATE OR REPLACE TRIGGER goes_on_record BEFORE DELETE ON texts
    FOR EACH ROW EXECUTE FUNCTION refuse_unrecorded_removal();
CREATE OR REPLACE TRIGGER never_goes BEFORE DELETE OR TRUNCATE ON mt_streams FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- For analysts. jsonb has no place for the character 0, which an event's text may hold escaped.
CREATE OR REPLACE VIEW events WITH (security_invoker = true) AS
SELECT position, stream, version, id, type, occurred_at, recorded_at,
    COALESCE(data ->> 'incidentId', CASE WHEN stream LIKE 'incident-%' THEN substr(stream, 10) END) AS incident_id,
    COALESCE(data ->> 'deviceId', data -> 'device' ->> 'id') AS device_id,
    data, hash, occurred_ticks
FROM (
    SELECT (data ->> 'position')::bigint AS position, stream_id AS stream, version, data ->> 'id' AS id, type,
        (data ->> 'occurredTicks')::bigint AS occurred_ticks,
        'epoch'::timestamptz + (((data ->> 'occurredTicks')::bigint - 621355968000000000) / 10) * interval '1 microsecond' AS occurred_at,
        'epoch'::timestamptz + (((data ->> 'recordedTicks')::bigint - 621355968000000000) / 10) * interval '1 microsecond' AS recorded_at,
        replace(data ->> 'text', '\u0000', '\ufffd')::jsonb AS data, data ->> 'hash' AS hash
    FROM mt_events) AS event;
