#!/bin/bash
# docker-compose.yml runs this once, after rollen.sql: over the network a role needs a password.
# Embedded there is none, because there the kernel tells who connects.
set -euo pipefail
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
	-v eigenaar="$WACHTWOORD_EIGENAAR" -v web="$WACHTWOORD_WEB" \
	-v kopie="${WACHTWOORD_KOPIE:-}" <<-'SQL'
	ALTER ROLE spoed_eigenaar PASSWORD :'eigenaar';
	ALTER ROLE spoed_web PASSWORD :'web';
	-- An empty password is none: then nobody connects as this role.
	ALTER ROLE spoed_kopie PASSWORD :'kopie';
SQL
