#!/bin/sh
# Settings for a developer's machine: the page and the API over the cloud's record, with the developer's own account. All other functions
# are off, so that a developer's host takes no traffic, sends no message and trains nothing by itself.
# Needs: nothing but the outputs. A file that is there already is left as it is, and the new one is put beside it.
set -eu
hook=postprovision
# shellcheck source=infra/hooks/common.sh
. "$(dirname "$0")/common.sh"
folder=$(cd "$(dirname "$0")/../../functions/IoMTAD.Functions" && pwd)
file=$folder/local.settings.json

have IOMTAD_RECORD_HOST IOMTAD_RECORD_DATABASE IOMTAD_RECORD_ADMINISTRATOR IOMTAD_BROKERS
new=$(mktemp)
trap 'rm -f "$new"' EXIT
connection="Host=$IOMTAD_RECORD_HOST;Database=$IOMTAD_RECORD_DATABASE;Username='$IOMTAD_RECORD_ADMINISTRATOR'"
cat >"$new" <<JSON
{
  "IsEncrypted": false,
  "Values": {
    "FUNCTIONS_WORKER_RUNTIME": "dotnet-isolated",
    "AzureWebJobsStorage": "UseDevelopmentStorage=true",
    "AzureWebJobsDisableHomepage": "true",
    "AzureWebJobs.ScoreTraffic.Disabled": "true",
    "AzureWebJobs.ScoreTrafficPlain.Disabled": "true",
    "AzureWebJobs.AuditOffsets.Disabled": "true",
    "AzureWebJobs.OutboxCalled.Disabled": "true",
    "AzureWebJobs.OutboxDue.Disabled": "true",
    "AzureWebJobs.TrainModelsSchedule.Disabled": "true",
    "AzureWebJobs.WatchDrift.Disabled": "true",

    "Kafka__Brokers": "$IOMTAD_BROKERS",
    "Kafka__Group": "iomtad-local",
    "Kafka__Authentication": "Entra",
    "Kafka__Username": "",
    "Kafka__Password": "",
    "Kafka__AuditSchedule": "0 */5 * * * *",
    "Response__Schedule": "*/15 * * * * *",
    "Training__Schedule": "0 0 3 * * 0",
    "Training__DriftSchedule": "0 30 2 * * *",

    "Record__Authentication": "Entra"
  },
  "ConnectionStrings": {
    "Record": "$connection;SSL Mode=VerifyFull;Search Path=iomtad"
  }
}
JSON
if [ ! -e "$file" ]; then
    cp "$new" "$file"
    say "wrote $file"
elif cmp -s "$new" "$file"; then
    say "$file is up to date"
else
    cp "$new" "$folder/local.settings.azure.json"
    say "$file is there already and stays as it is; the settings of this deployment are in local.settings.azure.json beside it"
fi
