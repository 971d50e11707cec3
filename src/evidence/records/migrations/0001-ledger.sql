-- Imports: one for each delivery that brought something. Nothing here is ever changed or deleted; a retraction is a row of its own.
create table imports (
  id text collate "C" primary key,
  seq bigint generated always as identity unique,
  agreement text not null,
  source text not null,
  source_version integer not null,
  label text not null,
  received_at date not null,
  recorded_at timestamptz not null,
  actor text not null,
  rows_read bigint not null,
  rows_kept bigint not null,
  rows_duplicate bigint not null,
  rows_superseded bigint not null,
  rows_rejected bigint not null,
  remarks text not null,
  check (rows_read = rows_kept + rows_duplicate + rows_superseded + rows_rejected)
);
create index on imports (agreement, received_at);

create table import_files (
  import text collate "C" not null references imports (id),
  ordinal integer not null,
  name text not null,
  sha256 text not null,
  bytes bigint not null,
  rows_read bigint not null,
  rows_kept bigint not null,
  rows_duplicate bigint not null,
  rows_superseded bigint not null,
  rows_rejected bigint not null,
  primary key (import, ordinal),
  check (rows_read = rows_kept + rows_duplicate + rows_superseded + rows_rejected)
);
create index on import_files (bytes);

create table retractions (
  import text primary key references imports (id),
  received_at date not null,
  recorded_at timestamptz not null,
  actor text not null,
  reason text not null
);

-- Each telling of a fact. Which one stands follows from key, version and the two times, never from an update.
create table facts (
  id bigint generated always as identity primary key,
  agreement text not null,
  dataset text collate "C" not null,
  key text collate "C" not null,
  version text collate "C" not null,
  happened_from date not null,
  happened_to date not null,
  owner text collate "C" not null,
  grade text not null,
  "values" text not null,
  personal text,
  content text not null,
  source text not null,
  file text not null,
  row text not null,
  sha256 text not null,
  import text not null references imports (id) deferrable initially deferred,
  received_at date not null,
  check (happened_from <= happened_to)
);
create index on facts (agreement, dataset, key, version);
create index on facts (import);

-- Bulk evidence: Parquet files beside the records. What is not listed here does not exist.
create table segments (
  id text collate "C" primary key,
  agreement text not null,
  dataset text collate "C" not null,
  owner text collate "C" not null,
  period text collate "C" not null,
  shape text,
  subject text,
  digest text,
  path text not null unique,
  sha256 text not null,
  bytes bigint not null,
  rows bigint not null,
  happened_from text not null,
  happened_to text not null,
  personal_path text,
  personal_sha256 text,
  import text not null references imports (id)
);
create index on segments (agreement, dataset, owner, period);
create index on segments (import);

create table segment_replacements (
  segment text not null references segments (id),
  import text not null references imports (id),
  primary key (segment, import)
);

create table dead_rows (
  id text collate "C" primary key,
  agreement text not null,
  dataset text collate "C" not null,
  path text not null unique,
  sha256 text not null,
  rows bigint not null,
  import text not null references imports (id)
);

create table reject_files (
  import text primary key references imports (id),
  path text not null,
  sha256 text not null,
  rows bigint not null
);

create table settings (
  seq bigint generated always as identity primary key,
  agreement text not null,
  name text not null,
  value text not null,
  received_at date not null
);

create table audit (
  seq bigint primary key,
  at text not null,
  actor text not null,
  action text not null,
  subject text not null,
  detail text not null,
  previous text not null,
  hash text not null unique
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'evidence is never changed or deleted (table %)', tg_table_name;
end $$;

create trigger append_only before update or delete or truncate on imports for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on import_files for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on retractions for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on facts for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on segments for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on segment_replacements for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on dead_rows for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on reject_files for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on settings for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on audit for each statement execute function refuse_change();
