-- Roles on a developer's machine: of the running host, and of Grafana. What each may do, 'schema apply' and grafana/reader.sql say.
CREATE ROLE iomtad_host LOGIN PASSWORD 'local-development-only';
CREATE ROLE iomtad_reader LOGIN PASSWORD 'local-development-only';
-- A question that takes longer holds up others more than it tells.
ALTER ROLE iomtad_reader SET statement_timeout = '30s';
ALTER ROLE iomtad_reader SET default_transaction_read_only = on;
