-- A locked workspace is dissolved on a day its people were told: its detail is then deleted, its totals and its bills stay.

alter table workspaces
  -- When a locked workspace is dissolved, unless somebody pays for it before.
  add column dissolves_at timestamptz,
  -- When its owner and its payer were warned of that; nobody's data goes without.
  add column dissolution_told_at timestamptz,
  add column dissolved_at timestamptz;

-- Workspaces locked before there was this column: 30 days from then. Those whose days are over are warned first, which moves the day.
update workspaces w set dissolves_at = interval '30 days' + coalesce(
  (select max(e.at) from events e where e.kind = 'workspace.locked' and e.about @> jsonb_build_object('workspaceId', w.id)),
  now())
where standing = 'locked';
update workspaces set dissolved_at = now() where standing = 'dissolved';

alter table workspaces
  add constraint workspaces_dissolves_when_locked check ((standing = 'locked') = (dissolves_at is not null)),
  add constraint workspaces_told_when_locked check (dissolution_told_at is null or standing = 'locked'),
  add constraint workspaces_dissolved check ((standing = 'dissolved') = (dissolved_at is not null));
create index workspaces_dissolving on workspaces (dissolves_at) where standing = 'locked';
create index workspaces_dissolved_ones on workspaces (dissolved_at) where standing = 'dissolved';

alter table usage_workspaces
  -- From when on the workspace's events and hours are being deleted; its days stay.
  add column erasing_since timestamptz,
  -- When the last of them was gone.
  add column erased_at timestamptz,
  add constraint usage_workspaces_erased check (erased_at is null or erasing_since is not null);
