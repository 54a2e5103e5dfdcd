#!/bin/sh
# Before `azd provision`: looks for the tools that are needed later, and says who deploys. Changes nothing in Azure.
# Needs: az and azd, signed in as the same account. Writes into the azd environment what is not there yet.
set -eu
# shellcheck source=infra/hooks/common.sh
. "$(dirname "$0")/common.sh"

need azd "https://aka.ms/azd-install"
need az "https://learn.microsoft.com/cli/azure/install-azure-cli"
need psql "install the PostgreSQL client, 14 or later"
need dotnet "install the .NET 10 SDK"
kind=$(az account show --query user.type --output tsv) || fail "nobody is signed in: 'az login', and 'azd auth login' as the same account"
azd auth login --check-status >/dev/null || fail "azd is not signed in: 'azd auth login' as the account of 'az account show'"

# The administrator of the record is known by id, name and kind; they have to be of one account.
if [ -z "${IOMTAD_PRINCIPAL_NAME:-}" ]; then
    case $kind in
        user)
            id=$(az ad signed-in-user show --query id --output tsv)
            name=$(az ad signed-in-user show --query userPrincipalName --output tsv)
            kind=User
            ;;
        servicePrincipal)
            application=$(az account show --query user.name --output tsv)
            id=$(az ad sp show --id "$application" --query id --output tsv)
            name=$(az ad sp show --id "$application" --query displayName --output tsv)
            kind=ServicePrincipal
            ;;
        *) fail "an account of type '$kind' cannot administer the record: sign in as a person or a service principal" ;;
    esac
    azd env set IOMTAD_PRINCIPAL_ID "$id"
    azd env set IOMTAD_PRINCIPAL_NAME "$name"
    azd env set IOMTAD_PRINCIPAL_KIND "$kind"
    say "administrator of the record, of Grafana and of the vault: $name"
fi

# A budget keeps the month that it began with.
if [ -z "${IOMTAD_BUDGET_START:-}" ]; then azd env set IOMTAD_BUDGET_START "$(date -u +%Y-%m-01)"; fi

if [ -z "${IOMTAD_ALERT_EMAILS:-}" ]; then say "nobody gets mail of alerts: azd env set IOMTAD_ALERT_EMAILS 'a@example.org'"; fi
if [ -z "${IOMTAD_AUTH_CLIENT_ID:-}" ]; then say "nobody can sign in to the page, only keys let in: see docs/operations.md, Sign-in"; fi
