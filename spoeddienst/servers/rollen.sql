-- Roles, database and extensions; run by the superuser, once, and harmless when run again.
-- The embedded server and docker-compose.yml use this same file: one dialect, one set of roles.
--   spoed_eigenaar  owns the database and runs the migrations
--   spoed_web       what the application is at run time: owns nothing, so row security binds it
--   spoed_kopie     makes the backup: reads every row of every kring, writes none
SELECT 'CREATE ROLE spoed_eigenaar' WHERE NOT EXISTS
  (SELECT FROM pg_roles WHERE rolname = 'spoed_eigenaar') \gexec
SELECT 'CREATE ROLE spoed_web' WHERE NOT EXISTS
  (SELECT FROM pg_roles WHERE rolname = 'spoed_web') \gexec
SELECT 'CREATE ROLE spoed_kopie' WHERE NOT EXISTS
  (SELECT FROM pg_roles WHERE rolname = 'spoed_kopie') \gexec
ALTER ROLE spoed_eigenaar LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE spoed_web LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE spoed_kopie LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION BYPASSRLS;
ALTER ROLE spoed_kopie SET default_transaction_read_only = on;
GRANT pg_read_all_data TO spoed_kopie;

SELECT 'CREATE DATABASE spoed OWNER spoed_eigenaar' WHERE NOT EXISTS
  (SELECT FROM pg_database WHERE datname = 'spoed') \gexec
REVOKE ALL ON DATABASE spoed FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE spoed TO spoed_web;
GRANT CONNECT ON DATABASE spoed TO spoed_kopie;

\connect spoed
ALTER SCHEMA public OWNER TO spoed_eigenaar;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO spoed_web;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
