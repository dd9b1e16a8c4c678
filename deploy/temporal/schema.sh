#!/bin/sh
# Makes Temporal's two databases, or brings them to this version's schema; the server is started only after that.
# SQL_PLUGIN, SQL_HOST, SQL_PORT, SQL_USER and SQL_PASSWORD come from the environment. Doing it again changes nothing.
set -eu
for database in temporal visibility; do
    [ "$database" = temporal ] && name=temporal || name=temporal_visibility
    temporal-sql-tool --db "$name" create
    temporal-sql-tool --db "$name" setup-schema -v 0.0
    temporal-sql-tool --db "$name" update-schema --schema-name "postgresql/v12/$database"
done
