-- The role of the running host, on a developer's machine.
CREATE ROLE iomtad_host LOGIN PASSWORD 'local-development-only';
