-- The roles that questions are asked under. They are the server's, not the database's: another database may be making them now.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['convenio_asker', 'convenio_customer'] loop
    for tries in 1..100 loop
      begin
        if not exists (select from pg_catalog.pg_roles where rolname = wanted) then
          execute format('create role %I nologin nosuperuser nobypassrls nocreatedb nocreaterole noreplication', wanted);
        end if;
        if not exists (select from pg_catalog.pg_auth_members m where m.roleid = wanted::regrole
            and m.member = current_user::regrole and not m.admin_option)
          and not (select rolsuper from pg_catalog.pg_roles where rolname = current_user) then
          execute format('grant %I to current_user', wanted);
        end if;
        exit;
      exception when duplicate_object or unique_violation or internal_error then
        perform pg_sleep(0.02);
      end;
    end loop;
  end loop;
  execute format('grant usage on schema %I to convenio_asker, convenio_customer', current_schema());
end $$;

-- What the transaction says of who asks. Nothing said is nothing seen: each of these is null then.
create function asked(name text) returns text language sql stable parallel safe
  return nullif(current_setting('convenio.' || name, true), '');

create function asked_list(name text) returns text[] language sql stable parallel safe
  return nullif(asked(name), '*')::text[];

-- Whose segments the dead rows lie in; not known of those that came before this column was.
alter table dead_rows add column owners text[] collate "C";

-- The day a segment was received stands with the segment, as with a fact, so that reading it asks nothing of imports.
alter table segments add column received_at date;
alter table segments disable trigger append_only;
update segments s set received_at = i.received_at from imports i where i.id = s.import;
alter table segments enable trigger append_only;
alter table segments alter column received_at set not null;

-- The order in which tellings of a fact are looked for, so that the first one of each is found without sorting.
create index facts_by_key on facts (agreement, dataset, key, version desc, received_at desc, id desc);
drop index if exists facts_agreement_dataset_key_version_idx;

grant select on imports, import_files, retractions, facts, segments, segment_replacements, dead_rows, reject_files, settings, audit
  to convenio_asker;

grant select (id, agreement, source, source_version, received_at) on imports to convenio_customer;
grant select (import, name, sha256) on import_files to convenio_customer;
grant select (import, received_at) on retractions to convenio_customer;
grant select (id, agreement, dataset, key, version, happened_from, happened_to, owner, grade, "values", personal, source, file, row,
  sha256, import, received_at) on facts to convenio_customer;
grant select (id, agreement, dataset, owner, period, shape, subject, digest, path, sha256, rows, happened_from, happened_to, import,
  received_at) on segments to convenio_customer;
grant select on segment_replacements, settings to convenio_customer;
grant select (id, agreement, dataset, path, sha256, import) on dead_rows to convenio_customer;

alter table imports enable row level security;
alter table import_files enable row level security;
alter table retractions enable row level security;
alter table facts enable row level security;
alter table segments enable row level security;
alter table segment_replacements enable row level security;
alter table dead_rows enable row level security;
alter table reject_files enable row level security;
alter table settings enable row level security;
alter table audit enable row level security;

-- What is asked of the transaction stands in scalar sub-selects, which are evaluated once for each query and not for each row. A case, and
-- not an "or": the planner takes an "or" with what it can't know for so rare that it would read and sort a whole dataset for a page.
create policy asking on facts for select to convenio_asker, convenio_customer using (
  agreement = (select asked('agreement'))
  and case when (select asked('owners')) = '*' then true else owner = any ((select asked_list('owners'))::text[]) end
  and case when (select asked('datasets')) = '*' then true else dataset = any ((select asked_list('datasets'))::text[]) end);

create policy asking on segments for select to convenio_asker, convenio_customer using (
  agreement = (select asked('agreement'))
  and case when (select asked('owners')) = '*' then true else owner = any ((select asked_list('owners'))::text[]) end
  and case when (select asked('datasets')) = '*' then true else dataset = any ((select asked_list('datasets'))::text[]) end);

-- Rows that are dead by another's import are no less dead: who sees a segment must see what killed rows of it.
create policy asking on dead_rows for select to convenio_asker, convenio_customer using (
  agreement = (select asked('agreement'))
  and case when (select asked('owners')) = '*' then true else owners is null or owners && (select asked_list('owners')) end
  and case when (select asked('datasets')) = '*' then true else dataset = any ((select asked_list('datasets'))::text[]) end);

create policy asking on segment_replacements for select to convenio_asker, convenio_customer using (
  segment in (select s.id from segments s));

-- Imports that brought something the asker may see.
create policy asking on imports for select to convenio_asker, convenio_customer using (
  agreement = (select asked('agreement'))
  and ('imports' = any ((select asked_list('rights'))::text[])
    or id in (select f.import from facts f)
    or id in (select s.import from segments s)));

create policy asking on import_files for select to convenio_asker, convenio_customer using (
  import in (select i.id from imports i)
  and ('imports' = any ((select asked_list('rights'))::text[])
    or (import, name) in (select f.import, f.file from facts f)
    or import in (select s.import from segments s)));

create policy asking on retractions for select to convenio_asker, convenio_customer using (
  import in (select i.id from imports i));

create policy asking on reject_files for select to convenio_asker using (
  'imports' = any ((select asked_list('rights'))::text[])
  and import in (select i.id from imports i));

create policy asking on settings for select to convenio_asker, convenio_customer using (
  agreement = (select asked('agreement')));

create policy asking on audit for select to convenio_asker using (
  'audit' = any ((select asked_list('rights'))::text[]));

-- What stands may hang on imports that the asker may not see: one that replaced what is theirs, or took a row over. These two tell the
-- bare names of imports of the agreement asked about, and nothing of what is in them: those that were taken back by a day, and those
-- whose rows are not to be seen on it.
create function taken_back(known date) returns text[] language plpgsql stable security definer set search_path from current
as $$
begin
  return (select coalesce(array_agg(r.import), '{}') from retractions r join imports i on i.id = r.import
    where i.agreement = asked('agreement') and r.received_at <= known);
end $$;

create function unseen_imports(known date) returns text[] language plpgsql stable security definer set search_path from current
as $$
begin
  return (select coalesce(array_agg(i.id order by i.id), '{}')
    from imports i left join retractions r on r.import = i.id and r.received_at <= known
    where i.agreement = asked('agreement') and (i.received_at > known or r.import is not null));
end $$;

-- Whether a fact of the asker's own was told again later as somebody else's: that telling is not theirs to see, and the older one stands
-- no longer. It says nothing of facts that the asker may not see.
create function moved_away(fact bigint, known date) returns boolean language plpgsql stable security definer
set search_path from current as $$
begin
  return exists (
    select 1 from facts f join facts n on n.agreement = f.agreement and n.dataset = f.dataset and n.key = f.key
    where f.id = fact and f.agreement = asked('agreement') and f.owner = any (asked_list('owners'))
      and n.owner <> f.owner and n.received_at <= known
      and (n.version, n.received_at, n.id) > (f.version, f.received_at, f.id)
      and not exists (select 1 from retractions r where r.import = n.import and r.received_at <= known));
end $$;
