-- Who may sign in, and how. Times are ISO text in UTC, so that they compare as they are written. Unlike evidence, these rows change and go.
create table people (
  id text collate "C" primary key,
  agreement text not null,
  name text not null,
  email text collate "C" not null,
  roles text not null,
  customers text not null,
  language text not null,
  disabled boolean not null default false,
  password_set boolean not null default false,
  company_account boolean not null default false,
  created_at text collate "C" not null,
  unique (agreement, email)
);

-- Nothing of these four is ever granted to a role that asks.
create table passwords (
  person text primary key references people (id),
  hash text not null,
  changed_at text collate "C" not null
);

create table company_accounts (
  person text primary key references people (id),
  agreement text not null,
  issuer text not null,
  subject text not null,
  unique (agreement, issuer, subject)
);

create table one_time_links (
  hash text primary key,
  agreement text not null,
  kind text not null,
  person text references people (id),
  created_at text collate "C" not null,
  expires_at text collate "C" not null,
  used_at text collate "C"
);
create index on one_time_links (person);

create table challenges (
  hash text primary key,
  agreement text not null,
  purpose text not null,
  value text not null,
  expires_at text collate "C" not null
);

create table sign_in_attempts (
  agreement text not null,
  subject text not null,
  failures integer not null,
  locked_until text collate "C" not null,
  last_at text collate "C" not null,
  primary key (agreement, subject)
);

create table idempotency_keys (
  agreement text not null,
  actor text not null,
  key text not null,
  route text not null,
  request_hash text not null,
  answer text,
  created_at text collate "C" not null,
  expires_at text collate "C" not null,
  primary key (agreement, actor, key)
);

create table sessions (
  id text collate "C" primary key,
  agreement text not null,
  person text not null references people (id),
  secret_hash text not null unique,
  created_at text collate "C" not null,
  seen_at text collate "C" not null,
  expires_at text collate "C" not null,
  way text not null,
  address text not null,
  agent text not null
);
create index on sessions (person);

create table api_tokens (
  id text collate "C" primary key,
  agreement text not null,
  person text not null references people (id),
  name text not null,
  secret_hash text not null,
  rights text not null,
  families text,
  created_at text collate "C" not null,
  expires_at text collate "C" not null,
  revoked_at text collate "C",
  last_used_at text collate "C"
);
create index on api_tokens (person);

create table passkeys (
  id text collate "C" primary key,
  agreement text not null,
  person text not null references people (id),
  name text not null,
  public_key text not null,
  counter bigint not null,
  transports text not null,
  backed_up boolean not null,
  created_at text collate "C" not null,
  last_used_at text collate "C"
);
create index on passkeys (person);

create table drafts (
  id text collate "C" primary key,
  agreement text not null,
  person text not null references people (id),
  title text not null,
  "text" text not null,
  version integer not null,
  created_at text collate "C" not null,
  updated_at text collate "C" not null
);
create index on drafts (agreement, person);

alter table people enable row level security;
alter table passwords enable row level security;
alter table company_accounts enable row level security;
alter table one_time_links enable row level security;
alter table challenges enable row level security;
alter table sign_in_attempts enable row level security;
alter table idempotency_keys enable row level security;
alter table sessions enable row level security;
alter table api_tokens enable row level security;
alter table passkeys enable row level security;
alter table drafts enable row level security;

-- What may be asked: never a hash, a key or a counter. Passwords, company accounts, links, challenges, attempts and idempotency keys not at all.
grant select (id, agreement, name, email, roles, customers, language, disabled, password_set, company_account, created_at)
  on people to convenio_asker, convenio_customer;
grant select (id, agreement, person, created_at, seen_at, expires_at, way, address, agent)
  on sessions to convenio_asker, convenio_customer;
grant select (id, agreement, person, name, rights, families, created_at, expires_at, revoked_at, last_used_at)
  on api_tokens to convenio_asker, convenio_customer;
grant select (id, agreement, person, name, transports, backed_up, created_at, last_used_at)
  on passkeys to convenio_asker, convenio_customer;
grant select on drafts to convenio_asker;

create policy asking on people for select to convenio_asker, convenio_customer using (
  agreement = (select asked('agreement'))
  and (id = (select asked('person')) or 'people' = any ((select asked_list('rights'))::text[])));

create policy asking on sessions for select to convenio_asker, convenio_customer using (
  agreement = (select asked('agreement'))
  and (person = (select asked('person')) or 'people' = any ((select asked_list('rights'))::text[])));

create policy asking on api_tokens for select to convenio_asker, convenio_customer using (
  agreement = (select asked('agreement'))
  and (person = (select asked('person')) or 'people' = any ((select asked_list('rights'))::text[])));

create policy asking on passkeys for select to convenio_asker, convenio_customer using (
  agreement = (select asked('agreement'))
  and (person = (select asked('person')) or 'people' = any ((select asked_list('rights'))::text[])));

create policy asking on drafts for select to convenio_asker using (
  agreement = (select asked('agreement'))
  and (person = (select asked('person')) or 'amend' = any ((select asked_list('rights'))::text[])));
