#!/bin/sh
# The record's database: a role for the host's identity, tables, rights. After each provisioning, and before an upgrade's first start.
# Needs: az, psql 14, the .NET 10 SDK, and that whoever is signed in administers the server. What is there already stays.
set -eu
hook=postprovision
# shellcheck source=infra/hooks/common.sh
. "$(dirname "$0")/common.sh"
root=$(cd "$(dirname "$0")/../.." && pwd)

need dotnet "install the .NET 10 SDK"
have IOMTAD_HOST_IDENTITY_NAME IOMTAD_HOST_IDENTITY_ID
open_record

say "the record knows $IOMTAD_HOST_IDENTITY_NAME"
psql -X -q -v ON_ERROR_STOP=1 -v name="$IOMTAD_HOST_IDENTITY_NAME" -v id="$IOMTAD_HOST_IDENTITY_ID" -d postgres >/dev/null <<'SQL'
SELECT pgaadauth_create_principal_with_oid(:'name', :'id', 'service', false, false)
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'name');
SQL

say "the record's tables"
dotnet build --configuration Release --verbosity quiet "$root/functions/IoMTAD.Functions"
connection="Host=$PGHOST;Database=$IOMTAD_RECORD_DATABASE;Username='$PGUSER';SSL Mode=VerifyFull;Search Path=iomtad"
# Not `dotnet run`: for a Functions project that starts the Functions host.
env AZURE_TOKEN_CREDENTIALS=AzureCliCredential Record__Authentication=Entra ConnectionStrings__Record="$connection" \
    dotnet "$root/functions/IoMTAD.Functions/bin/Release/net10.0/IoMTAD.Functions.dll" \
    schema apply --runtime-role "$IOMTAD_HOST_IDENTITY_NAME"

is "${IOMTAD_RECORD_IN_GRAFANA:-}" || exit 0

# Grafana knows no Entra here: a role that may read the views made for it, and a password that lies in the vault.
have AZURE_KEY_VAULT_NAME
say "the record knows iomtad_reader, for Grafana"
READER_PASSWORD=$(az keyvault secret show --vault-name "$AZURE_KEY_VAULT_NAME" --name grafana-record \
    --query value --output tsv 2>/dev/null || true)
if [ -z "$READER_PASSWORD" ]; then
    READER_PASSWORD=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
    umask 077
    secret=$(mktemp)
    printf '%s' "$READER_PASSWORD" >"$secret"
    az keyvault secret set --vault-name "$AZURE_KEY_VAULT_NAME" --name grafana-record --file "$secret" --output none || {
        rm -f "$secret"
        fail "the vault $AZURE_KEY_VAULT_NAME did not take the password: rights take some minutes, then 'azd hooks run postprovision'"
    }
    rm -f "$secret"
fi
export READER_PASSWORD
psql -X -q -v ON_ERROR_STOP=1 -d "$IOMTAD_RECORD_DATABASE" <<'SQL'
\getenv password READER_PASSWORD
SELECT 'CREATE ROLE iomtad_reader LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'iomtad_reader') \gexec
ALTER ROLE iomtad_reader PASSWORD :'password';
SQL
PGOPTIONS='-c search_path=iomtad -c record.reader_role=iomtad_reader' \
    psql -X -q -v ON_ERROR_STOP=1 -d "$IOMTAD_RECORD_DATABASE" -f "$root/infra/grafana/reader.sql"
