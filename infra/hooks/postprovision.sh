#!/bin/sh
# After `azd provision`: the record's roles and tables, Grafana's data sources and dashboards, settings for a developer's machine.
# Needs: what its steps need. Each of them may be run again, also by itself: `azd env exec sh infra/hooks/database.sh`.
set -eu
hooks=$(dirname "$0")

sh "$hooks/database.sh"
sh "$hooks/grafana.sh"
sh "$hooks/local-settings.sh"
