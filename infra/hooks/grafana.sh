#!/bin/sh
# Managed Grafana: the data sources iomtad-series and iomtad-record, and the dashboards of infra/grafana/dashboards.
# Needs: az (its extension amg comes by itself), and that whoever is signed in is Grafana Admin. What is there already is replaced.
set -eu
hook=postprovision
# shellcheck source=infra/hooks/common.sh
. "$(dirname "$0")/common.sh"
root=$(cd "$(dirname "$0")/../.." && pwd)

need az "https://learn.microsoft.com/cli/azure/install-azure-cli"
have AZURE_RESOURCE_GROUP AZURE_KEY_VAULT_NAME IOMTAD_GRAFANA_NAME IOMTAD_GRAFANA_URL IOMTAD_INFLUX_URL
export AZURE_EXTENSION_USE_DYNAMIC_INSTALL=yes_without_prompt

if is "${IOMTAD_VNET_ENABLED:-}"; then
    say "Managed Grafana does not reach into the network: it shows Azure Monitor alone. For the dashboards run a Grafana of your own"
    say "within the network, see docs/dashboards.md; its provisioning files are in infra/grafana/provisioning"
    exit 0
fi

umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

secret() {
    az keyvault secret show --vault-name "$AZURE_KEY_VAULT_NAME" --name "$1" --query value --output tsv ||
        fail "the vault $AZURE_KEY_VAULT_NAME does not give out $1: rights take some minutes, then 'azd hooks run postprovision'"
}

# data_source UID: puts in $work/UID.json. Secrets go by file: what stands in a command line, all on this machine can read.
data_source() {
    if az grafana data-source show --name "$IOMTAD_GRAFANA_NAME" --resource-group "$AZURE_RESOURCE_GROUP" \
        --data-source "$1" --output none 2>/dev/null; then
        az grafana data-source update --name "$IOMTAD_GRAFANA_NAME" --resource-group "$AZURE_RESOURCE_GROUP" --data-source "$1" \
            --definition "@$work/$1.json" --output none
    else
        az grafana data-source create --name "$IOMTAD_GRAFANA_NAME" --resource-group "$AZURE_RESOURCE_GROUP" \
            --definition "@$work/$1.json" --output none
    fi
    say "data source $1"
}

token=$(secret influx-token)
cat >"$work/iomtad-series.json" <<JSON
{
  "uid": "iomtad-series", "name": "iomtad-series", "type": "influxdb", "access": "proxy", "url": "$IOMTAD_INFLUX_URL", "database": "iomtad",
  "jsonData": { "dbName": "iomtad", "httpMode": "POST", "version": "InfluxQL", "httpHeaderName1": "Authorization" },
  "secureJsonData": { "httpHeaderValue1": "Token $token" }
}
JSON
data_source iomtad-series

if is "${IOMTAD_RECORD_IN_GRAFANA:-}"; then
    have IOMTAD_RECORD_HOST IOMTAD_RECORD_DATABASE
    password=$(secret grafana-record)
    cat >"$work/iomtad-record.json" <<JSON
{
  "uid": "iomtad-record", "name": "iomtad-record", "type": "grafana-postgresql-datasource", "access": "proxy",
  "url": "$IOMTAD_RECORD_HOST:5432", "user": "iomtad_reader", "database": "$IOMTAD_RECORD_DATABASE",
  "jsonData": { "database": "$IOMTAD_RECORD_DATABASE", "sslmode": "require", "postgresVersion": 1700, "maxOpenConns": 5 },
  "secureJsonData": { "password": "$password" }
}
JSON
    data_source iomtad-record
else
    say "no data source iomtad-record: the record lets Entra in alone, and panels of the record stay empty; see docs/operations.md, Grafana"
fi

found=no
for file in "$root"/infra/grafana/dashboards/*.json; do
    [ -e "$file" ] || continue
    found=yes
    az grafana dashboard create --name "$IOMTAD_GRAFANA_NAME" --resource-group "$AZURE_RESOURCE_GROUP" --overwrite true \
        --definition "@$file" --output none
    say "dashboard $(basename "$file" .json)"
done
[ "$found" = yes ] || say "there are no dashboards in infra/grafana/dashboards"
say "Grafana: $IOMTAD_GRAFANA_URL"
