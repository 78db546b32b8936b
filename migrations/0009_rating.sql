-- Price books. A version once added never changes: days were billed by it.

create table price_books (
  book text primary key,
  price_region text not null,
  currency text not null,
  unique (price_region, currency)
);

create table price_book_versions (
  book text not null references price_books,
  version integer not null check (version > 0),
  -- First day of the site on which it holds, such as 2026-01-31.
  effective_from text not null check (effective_from ~ '^\d{4}-\d{2}-\d{2}$'),
  note text not null,
  -- All prices of the version, as in a price book file.
  rules jsonb not null,
  added_at timestamptz not null,
  primary key (book, version)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are never changed or deleted', tg_table_name using errcode = 'restrict_violation';
end
$$;
create trigger price_books_stay before update or delete on price_books
  for each row execute function refuse_change();
create trigger price_book_versions_stay before update or delete on price_book_versions
  for each row execute function refuse_change();

-- Versions are added one after the other, each with a later date.
create function price_book_version_follows() returns trigger language plpgsql as $$
declare
  latest record;
begin
  select max(version) as version, max(effective_from) as effective_from into latest
    from price_book_versions where book = new.book and version < new.version;
  if new.version <> coalesce(latest.version, 0) + 1 or new.effective_from <= coalesce(latest.effective_from, '') then
    raise exception 'version % of % does not follow the version before it', new.version, new.book
      using errcode = 'check_violation';
  end if;
  return new;
end
$$;
create trigger price_book_versions_follow before insert on price_book_versions
  for each row execute function price_book_version_follows();
