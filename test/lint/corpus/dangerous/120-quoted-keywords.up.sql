-- corpus: tool=golang-migrate; history=legacy; rows user=500000
-- expect: type-change at "type boolean using active <> 0" #1
-- expect: unbatched-change at "update" #1
-- expect: work-after-strong-lock at "update" #1
-- ---
alter table "user"
    alter column active drop default,
    alter column active type boolean using active <> 0,
    alter column active set default true;
update "user" set login = lower(login);
