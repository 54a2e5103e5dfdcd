#!/bin/sh
# What the hooks share; read in by them, not run. It needs nothing by itself.

say() { printf '%s\n' "iomtad: $*"; }

fail() {
    printf '%s\n' "iomtad: $*" >&2
    exit 1
}

# need TOOL WHERE: the tool is there, or where to get it.
need() { command -v "$1" >/dev/null 2>&1 || fail "'$1' is missing: $2"; }

# have NAME...: azd hands the outputs of the deployment to its hooks as variables.
have() {
    for name in "$@"; do
        eval "value=\${$name:-}"
        [ -n "$value" ] || fail "$name is not set: run 'azd provision' first, then 'azd hooks run ${hook:-postprovision}'"
    done
}

# is VALUE: azd writes booleans in more than one way.
is() { case "${1:-}" in [Tt]rue | 1 | yes) return 0 ;; *) return 1 ;; esac; }

# In a network of its own the record has no public address, and there is no firewall to open.
rule_uri() {
    printf '%s' "/subscriptions/$AZURE_SUBSCRIPTION_ID/resourceGroups/$AZURE_RESOURCE_GROUP"
    printf '%s' "/providers/Microsoft.DBforPostgreSQL/flexibleServers/$IOMTAD_RECORD_SERVER"
    printf '%s' "/firewallRules/deployment?api-version=2025-08-01"
}

# The record opens to this machine, for as long as the hook runs, to a token of whoever is signed in.
open_record() {
    need az "https://learn.microsoft.com/cli/azure/install-azure-cli"
    need psql "install the PostgreSQL client, 14 or later"
    have AZURE_SUBSCRIPTION_ID AZURE_RESOURCE_GROUP IOMTAD_RECORD_SERVER
    have IOMTAD_RECORD_HOST IOMTAD_RECORD_DATABASE IOMTAD_RECORD_ADMINISTRATOR
    if ! is "${IOMTAD_VNET_ENABLED:-}"; then
        address=${IOMTAD_ADDRESS:-}
        if [ -z "$address" ]; then
            need curl "or name this machine's public address: azd env set IOMTAD_ADDRESS ADDRESS"
            address=$(curl -fsS --max-time 20 https://api.ipify.org) ||
                fail "this machine's public address is not known: azd env set IOMTAD_ADDRESS ADDRESS"
        fi
        say "the record's firewall lets $address in while this runs"
        trap close_record EXIT
        trap 'exit 1' HUP INT TERM
        az rest --method put --uri "$(rule_uri)" --output none \
            --body "{\"properties\":{\"startIpAddress\":\"$address\",\"endIpAddress\":\"$address\"}}"
    fi
    PGPASSWORD=$(az account get-access-token --resource-type oss-rdbms --query accessToken --output tsv) ||
        fail "there is no token for the record: 'az login' as $IOMTAD_RECORD_ADMINISTRATOR"
    PGHOST=$IOMTAD_RECORD_HOST
    PGUSER=$IOMTAD_RECORD_ADMINISTRATOR
    PGSSLMODE=verify-full
    PGSSLROOTCERT=${IOMTAD_ROOT_CERTIFICATES:-$(root_certificates)}
    PGCONNECT_TIMEOUT=10
    export PGPASSWORD PGHOST PGUSER PGSSLMODE PGSSLROOTCERT PGCONNECT_TIMEOUT
    tries=${IOMTAD_TRIES:-30}
    until psql -X -q -d "$IOMTAD_RECORD_DATABASE" -c 'SELECT 1' >/dev/null 2>&1; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || unreachable
        sleep "${IOMTAD_WAIT:-5}"
    done
}

close_record() {
    az rest --method delete --uri "$(rule_uri)" --output none ||
        say "the firewall rule 'deployment' of $IOMTAD_RECORD_SERVER is still there: remove it"
}

unreachable() {
    psql -X -q -d "$IOMTAD_RECORD_DATABASE" -c 'SELECT 1' >/dev/null || true
    if is "${IOMTAD_VNET_ENABLED:-}"; then
        fail "$IOMTAD_RECORD_HOST is reached from within its network alone: run 'azd hooks run ${hook:-postprovision}' there"
    fi
    fail "$IOMTAD_RECORD_HOST does not let $IOMTAD_RECORD_ADMINISTRATOR in: see above; then 'azd hooks run ${hook:-postprovision}'"
}

root_certificates() {
    for bundle in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem; do
        if [ -r "$bundle" ]; then
            printf '%s' "$bundle"
            return
        fi
    done
    fail "no root certificates found: azd env set IOMTAD_ROOT_CERTIFICATES FILE"
}
