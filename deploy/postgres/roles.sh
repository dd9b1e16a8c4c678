#!/bin/sh
# Runs once, when the data volume is empty: one role and database for the hotline, one role for Temporal, so that
# neither reads the other's. Passwords come from the environment and are on no command line.
set -eu
psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres <<'SQL'
\getenv hotline_password DATABASE_PASSWORD
\getenv temporal_password TEMPORAL_DATABASE_PASSWORD
CREATE ROLE hotline LOGIN PASSWORD :'hotline_password';
CREATE ROLE temporal LOGIN CREATEDB PASSWORD :'temporal_password';
CREATE DATABASE hotline OWNER hotline;
REVOKE CONNECT ON DATABASE hotline FROM PUBLIC;
SQL
