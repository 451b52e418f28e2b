-- corpus: tool=golang-migrate; history=saas; rows members=10
-- expect: identifier-too-long at "members_email_has_to_look_like_an_address_with_at_least_one_at_sign" #1
-- ---
ALTER TABLE app.members
    ADD CONSTRAINT members_email_has_to_look_like_an_address_with_at_least_one_at_sign CHECK (email LIKE '%@%');
