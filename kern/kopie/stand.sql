-- The parts of a state, each as (name, what is true of it), read by stand.py. Policies, rights and
-- triggers are taken as PostgreSQL prints them. Objects of an extension (dependency 'e') are made
-- again by CREATE EXTENSION; they are not ours to compare.

-- deel: rls
SELECT c.relname, ARRAY[
    CASE WHEN c.relrowsecurity THEN 'RLS aan' ELSE 'RLS uit' END,
    CASE WHEN c.relforcerowsecurity THEN 'afgedwongen' ELSE 'niet afgedwongen' END,
    'eigenaar ' || pg_get_userbyid(c.relowner)]
FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')

-- deel: beleid
SELECT tablename || '.' || policyname,
       ARRAY[permissive, roles::text, cmd, coalesce(qual, '-'), coalesce(with_check, '-')]
FROM pg_policies WHERE schemaname = 'public'

-- deel: rechten
WITH object (naam, acl) AS (
    SELECT c.relname::text, coalesce(c.relacl, acldefault(
        (CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END)::"char", c.relowner))
    FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    UNION ALL
    SELECT c.relname || '.' || k.attname, k.attacl
    FROM pg_attribute k JOIN pg_class c ON c.oid = k.attrelid
    WHERE c.relnamespace = 'public'::regnamespace AND k.attacl IS NOT NULL
    UNION ALL
    SELECT p.oid::regprocedure::text, coalesce(p.proacl, acldefault('f', p.proowner))
    FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    UNION ALL
    SELECT 'schema ' || n.nspname, coalesce(n.nspacl, acldefault('n', n.nspowner))
    FROM pg_namespace n WHERE n.nspname = 'public'
)
SELECT naam, array(
    SELECT coalesce(pg_get_userbyid(nullif(a.grantee, 0)), 'PUBLIC') || ' ' || a.privilege_type
        || CASE WHEN a.is_grantable THEN ' *' ELSE '' END AS recht
    FROM aclexplode(acl) a ORDER BY recht)
FROM object

-- deel: triggers
SELECT c.relname || '.' || t.tgname, ARRAY[t.tgenabled::text, pg_get_triggerdef(t.oid)]
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal

-- deel: functies
SELECT p.oid::regprocedure::text, md5(pg_get_functiondef(p.oid))
FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')

-- Without casts and brackets: PostgreSQL reads its own "x IN (…)" back with other ones.
-- deel: beperkingen
WITH regel (naam, tekst) AS (
    SELECT c.relname || '.' || k.conname,
           pg_get_constraintdef(k.oid) || CASE WHEN k.convalidated THEN '' ELSE ' NOT VALID' END
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    WHERE k.connamespace = 'public'::regnamespace
    UNION ALL
    SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
)
SELECT naam, regexp_replace(
    tekst, '::(character varying|timestamp with time zone|[a-z_]+)(\[\])?|[()]', '', 'g')
FROM regel

-- deel: migraties
SELECT app || '.' || name, true FROM public.django_migrations
