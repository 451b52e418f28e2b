-- corpus: tool=golang-migrate; history=queue; rows jobs_2025_01=9000000 jobs_2025_02=8000000
-- expect: index-not-concurrent at "INDEX" #1
-- ---
-- Every partition gets one.
CREATE INDEX messages_topic_idx ON messages (topic);
