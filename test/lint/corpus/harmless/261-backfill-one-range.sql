-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows payments=12000000
-- ---
-- What the outage of 3 March left without a provider's reference.
UPDATE payments SET reference = 'lost-' || id WHERE id BETWEEN 880100 AND 880240 AND reference IS NULL;
