-- corpus: tool=golang-migrate; history=legacy; rows user=500000
-- expect: type-change at "type boolean using active <> 0" #1
-- expect: unbatched-change at "update \"user\"" #1
-- because: with its table it says which rows
-- expect: work-after-strong-lock at "update \"user\"" #1
-- because: the command is what belongs into another file
-- ---
alter table "user"
    alter column active drop default,
    alter column active type boolean using active <> 0,
    alter column active set default true;
update "user" set login = lower(login);
