#!/bin/sh
# Before `azd down`: what has legal hold is put where it cannot be deleted; without such a place, nothing goes down. Says what stays.
# Needs: az, psql and pg_dump of the server's version, and, if an incident has legal hold, a storage account outside this deployment in
# which whoever is signed in may write blobs: azd env set IOMTAD_ARCHIVE_ACCOUNT NAME.
set -eu
hook=predown
# shellcheck source=infra/hooks/common.sh
. "$(dirname "$0")/common.sh"

if [ "${IOMTAD_DOWN_WITHOUT_RECORD:-}" = "I know" ]; then
    say "the record is not looked at, as IOMTAD_DOWN_WITHOUT_RECORD says: what has legal hold goes, too"
    exit 0
fi

open_record
if [ "$(psql -X -q -A -t -d "$IOMTAD_RECORD_DATABASE" -c "SELECT to_regclass('iomtad.events') IS NULL")" = t ]; then
    held=0
else
    held=$(psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$IOMTAD_RECORD_DATABASE" <<'SQL'
SELECT count(*) FROM (
    SELECT DISTINCT ON (stream) type FROM iomtad.events
    WHERE type IN ('LegalHoldPlaced', 'LegalHoldLifted') ORDER BY stream, version DESC) AS last
WHERE type = 'LegalHoldPlaced';
SQL
)
fi

if [ "$held" -gt 0 ]; then
    [ -n "${IOMTAD_ARCHIVE_ACCOUNT:-}" ] || fail "incidents with legal hold: $held, and it is not said where the record goes:
make a storage account outside this deployment, give yourself the role Storage Blob Data Contributor, then
azd env set IOMTAD_ARCHIVE_ACCOUNT NAME"
    inside=$(az resource list --resource-group "$AZURE_RESOURCE_GROUP" --name "$IOMTAD_ARCHIVE_ACCOUNT" --query "length(@)" --output tsv)
    [ "${inside:-0}" = 0 ] || fail "$IOMTAD_ARCHIVE_ACCOUNT belongs to this deployment and would go with it: name another account"
    need pg_dump "install the PostgreSQL client of the server's version, 17"
    umask 077
    dump=$(mktemp)
    say "incidents with legal hold: $held; the whole record goes to $IOMTAD_ARCHIVE_ACCOUNT, for its chain proves nothing in parts"
    pg_dump --format=custom --schema=iomtad --file="$dump" "$IOMTAD_RECORD_DATABASE" || {
        rm -f "$dump"
        fail "the record could not be dumped: nothing was deleted"
    }
    blob="$(date -u +%Y%m%dT%H%M%SZ)-$IOMTAD_RECORD_SERVER.dump"
    if az storage container create --account-name "$IOMTAD_ARCHIVE_ACCOUNT" --name iomtad-legal-hold --auth-mode login --output none &&
        az storage blob upload --account-name "$IOMTAD_ARCHIVE_ACCOUNT" --container-name iomtad-legal-hold --name "$blob" --file "$dump" \
            --auth-mode login --output none &&
        az storage container legal-hold set --account-name "$IOMTAD_ARCHIVE_ACCOUNT" --container-name iomtad-legal-hold \
            --tags iomtad --output none; then
        rm -f "$dump"
        say "kept: $blob in the container iomtad-legal-hold, which cannot be deleted until somebody clears its hold"
    else
        fail "the record is not in $IOMTAD_ARCHIVE_ACCOUNT: nothing was deleted, the dump is $dump"
    fi
fi

say "what stays after 'azd down':"
say "- the vault ${AZURE_KEY_VAULT_NAME:-}, deleted: nobody can purge it for 7 days, and its name is taken for as long"
say "- the workspace of logs, which can be had back for 14 days unless you say --purge"
say "- the app registration for the sign-in, and the archive, which are yours; of all these only the archive costs"
