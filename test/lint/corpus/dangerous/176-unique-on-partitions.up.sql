-- corpus: tool=golang-migrate; history=queue; rows messages_0=4000000 messages_1=4000000
-- expect: unique-builds-index at "ADD CONSTRAINT messages_once UNIQUE (id, topic)" #1
-- ---
ALTER TABLE messages ADD CONSTRAINT messages_once UNIQUE (id, topic);
