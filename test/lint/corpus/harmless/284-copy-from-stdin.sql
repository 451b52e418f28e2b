-- corpus: tool=sql; postgres=15; direction=up
-- ---
CREATE TABLE phrases (
    id bigint PRIMARY KEY,
    phrase text
);

COPY phrases (id, phrase) FROM stdin;
1	DROP TABLE users;
2	ALTER TABLE orders ADD COLUMN x serial;
3	it's an unbalanced quote and a $$
4	CREATE INDEX i ON orders (id); /* never closed
5	\N
\.

CREATE INDEX phrases_phrase_idx ON phrases (phrase);
